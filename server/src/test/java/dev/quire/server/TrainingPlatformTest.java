package dev.quire.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.server.http.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The training platform, with requests as its client sends them. */
class TrainingPlatformTest {
    private static final String UNKNOWN = "123e4567-e89b-12d3-a456-426614174000";
    private static final String FIELDS = "\"root\":\"data/digits\",\"batch_size\":16,\"num_workers\":4,"
            + "\"prefetch_factor\":2,\"persistent_workers\":true,\"max_datapoints_per_class\":20,\"model_flavour\":\"mlp\","
            + "\"load_pretrained\":false,\"freeze_backbone\":false,\"optimizer\":\"adamw\",\"lr\":0.003,"
            + "\"weight_decay\":0.05,\"max_grad_norm\":1.0,\"warmup_ratio\":0.1,\"grad_accum_steps\":2,\"epochs\":2,"
            + "\"autocast_dtype\":\"float32\",\"seed\":7,\"tb_root\":\"/tb\",\"ckpt_dir\":\"/ckpt\",\"eval_topk\":[1,3],"
            + "\"monitor_metric\":\"val_f1_macro\",\"monitor_mode\":\"max\",\"save_per_epoch_checkpoint\":true,"
            + "\"model_suffix\":\"-wide\"";

    @TempDir
    Path folder;

    @Test
    void a_run_of_a_configuration_is_queued_trained_and_told_of() throws Exception {
        try (TestServer server = TestServer.in(folder)) {
            String project = project(server);
            assertThat(server.get("/api/v1/projects").json().get(0).path("name").asText())
                    .isEqualTo("digits");

            JsonNode made =
                    server.post("/api/v1/configs", wanted(project, FIELDS)).json();
            String config = made.path("id").asText();
            assertThat(made.path("project_id").asText()).isEqualTo(project);
            assertThat(made.path("name").asText()).isEqualTo("mlp-wide__crossEntropy__scratch");
            Json.parse(("{" + FIELDS + "}").getBytes(StandardCharsets.UTF_8))
                    .properties()
                    .forEach(each -> assertThat(made.get(each.getKey()))
                            .as(each.getKey())
                            .isEqualTo(each.getValue()));
            assertThat(server.get("/api/v1/configs/project/" + project).json().get(0))
                    .isEqualTo(made);

            JsonNode queued;
            List<JsonNode> told;
            try (Talk talk = new Talk(server, "/api/v1/ws")) {
                Thread.sleep(200);
                queued = run(server, config);
                told = talk.until("result");
            }
            String job = queued.path("job_id").asText();
            assertThat(queued.path("run_id").asText()).isEqualTo(job);
            assertThat(queued.path("config_id").asText()).isEqualTo(config);
            assertThat(queued.path("project_id").asText()).isEqualTo(project);
            assertThat(queued.path("run_name").asText()).isEqualTo("mlp-wide__crossEntropy__scratch");
            assertThat(queued.path("status").asText()).isIn("pending", "running");
            JsonNode epoch = told.stream()
                    .filter(each -> each.path("type").asText().equals("epoch"))
                    .findFirst()
                    .orElseThrow();
            assertThat(epoch.path("run_id").asText()).isEqualTo(job);
            assertThat(epoch.path("metrics").properties())
                    .extracting(Map.Entry::getKey)
                    .contains(
                            "train_loss",
                            "val_loss",
                            "val_acc@1",
                            "val_acc@3",
                            "val_map",
                            "val_f1_macro",
                            "val_auroc_macro",
                            "val_cohenkappa",
                            "val_recall_micro",
                            "val_recall_macro",
                            "learning_rate");

            JsonNode done = JobTest.ended(server, job);
            assertThat(done.path("state").asText()).as(done.toString()).isEqualTo("done");
            assertThat(done.path("run").asText()).isEqualTo("mlp-wide__crossEntropy__scratch");
            assertThat(done.path("dataset").asText()).isEqualTo("digits@20");
            JsonNode how = done.path("configuration");
            assertThat(how.path("batch").asInt()).isEqualTo(16);
            assertThat(how.path("epochs").asInt()).isEqualTo(2);
            assertThat(how.path("seed").asInt()).isEqualTo(7);
            assertThat(how.path("optimizer").toString())
                    .contains("\"type\":\"adamW\"", "\"learningRate\":0.003", "\"weightDecay\":0.05");
            assertThat(how.path("gradient").toString()).contains("\"accumulate\":2", "\"clip\":1.0");
            assertThat(how.path("schedule").path("warmup").asDouble()).isEqualTo(0.1);
            assertThat(how.path("monitor").path("best").toString())
                    .isEqualTo("{\"metric\":\"val_f1\",\"goal\":\"max\"}");
            Path checkpoints =
                    folder.resolve("runs").resolve(done.path("run").asText()).resolve("checkpoints");
            assertThat(checkpoints.resolve("best.safetensors")).exists();
            assertThat(checkpoints.resolve("epoch-001.safetensors")).exists();
            assertThat(checkpoints.resolve("epoch-002.safetensors")).exists();
            Path files = folder.resolve("server/checkpoints/digits@20/mlp-wide__crossEntropy__scratch");
            for (String model : new String[] {"best.pt", "epoch_001.pt", "epoch_002.pt"}) {
                assertThat(Files.readAllBytes(files.resolve(model))).as(model).startsWith('P', 'K');
            }
            JsonNode best = Json.parse(Files.readAllBytes(files.resolve("_best_meta.json")));
            assertThat(best.path("monitor").asText()).isEqualTo("val_f1_macro");
            assertThat(best.path("mode").asText()).isEqualTo("max");
            assertThat(best.path("epoch").asInt()).isBetween(1, 2);
            assertThat(best.path("value").asDouble()).isBetween(0.0, 1.0);
            try (Stream<Path> left =
                    Files.list(folder.resolve("server/runs/digits@20/mlp-wide__crossEntropy__scratch"))) {
                assertThat(left.map(each -> String.valueOf(each.getFileName())))
                        .contains("metrics.csv")
                        .anyMatch(each -> each.startsWith("events.out.tfevents."));
            }
            // 20 of each of ten classes, in batches of 16.
            assertThat(server.get("/v1/runs/" + done.path("run").asText() + "/metrics")
                            .json()
                            .path("max_step")
                            .asInt())
                    .isEqualTo(26);
            // A few of each class are asked as any other data.
            assertThat(server.get("/v1/runs/" + done.path("run").asText() + "/export?format=onnx")
                            .status())
                    .isEqualTo(200);

            run(server, config);
            JsonNode again = JobTest.ended(
                    server,
                    server.get("/v1/jobs?num=1").json().get(0).path("id").asText());
            assertThat(again.path("run").asText()).isEqualTo("mlp-wide__crossEntropy__scratch-v1");
        }
    }

    @Test
    void well_known_networks_and_kept_models_are_flavours() {
        try (TestServer server = TestServer.in(folder)) {
            String project = project(server);
            for (String flavour : new String[] {"cnn", "resnet18", "resnet34", "resnet50", "convnext", "vit"}) {
                TestServer.Answer made = server.post(
                        "/api/v1/configs",
                        wanted(project, "\"root\":\"digits\",\"model_flavour\":\"" + flavour + "\""));
                assertThat(made.status()).as(flavour + " " + made.text()).isEqualTo(200);
                assertThat(made.json().path("name").asText()).isEqualTo(flavour + "__crossEntropy__scratch");
            }
            server.post(
                    "/v1/models",
                    "{\"name\":\"mine\",\"input_shape\":[1,8,8],\"output_shape\":10,\"layers\":[{\"layer_type\":\"Flatten\"}]}");
            server.post(
                    "/api/v1/configs",
                    wanted(project, "\"name\":\"own\",\"root\":\"digits\",\"model_flavour\":\"mine\""));
            JsonNode own = server.get("/v1/projects/" + project + "/configurations")
                    .json()
                    .get(6);
            assertThat(own.path("name").asText()).isEqualTo("own");
            assertThat(own.path("model_id").asText()).isNotEmpty();
        }
    }

    @Test
    void a_configuration_of_another_client_is_told_of_as_far_as_it_is_known() {
        try (TestServer server = TestServer.in(folder)) {
            String project = ProjectTest.project(server, "iris");
            ProjectTest.configuration(server, project, "small", "");
            ObjectNode shown = (ObjectNode)
                    server.get("/api/v1/configs/project/" + project).json().get(0);
            assertThat(shown.path("root").asText()).isEqualTo("iris");
            assertThat(shown.path("batch_size").asInt()).isEqualTo(64);
            assertThat(shown.path("optimizer").asText()).isEqualTo("adamw");
            assertThat(shown.path("lr").asDouble()).isEqualTo(0.001);
            assertThat(shown.path("model_flavour").asText()).isEqualTo("network");
        }
    }

    @Test
    void the_machines_that_train_are_listed_with_their_gpus() {
        try (TestServer server = TestServer.in(folder)) {
            JsonNode agents = server.get("/api/v1/agents").json();
            assertThat(agents).hasSize(1);
            assertThat(agents.get(0).path("processors").asInt()).isPositive();
            String agent = agents.get(0).path("id").asText();
            assertThat(server.get("/api/v1/agents/" + agent + "/gpus").json().isArray())
                    .isTrue();
            assertThat(server.get("/api/v1/agents/" + UNKNOWN + "/gpus").problem())
                    .startsWith("404 there is no agent " + UNKNOWN);
        }
    }

    @Test
    void what_does_not_fit_is_refused_before_it_is_kept() {
        try (TestServer server = TestServer.in(folder)) {
            String project = project(server);
            assertThat(server.post("/api/v1/projects", "{\"name\":\"digits\"}").problem())
                    .startsWith("409 there is a project 'digits' already");
            assertThat(server.get("/api/v1/configs/project/" + UNKNOWN).problem())
                    .startsWith("404 there is no project");
            assertThat(server.post("/api/v1/configs", wanted(UNKNOWN, FIELDS)).problem())
                    .startsWith("404 there is no project");
            assertThat(server.post("/api/v1/configs", "{" + FIELDS + "}").problem())
                    .startsWith("400 there is no project_id");
            assertThat(server.ask("POST", "/api/v1/runs/from-config/" + UNKNOWN, null, "")
                            .problem())
                    .startsWith("404 there is no configuration " + UNKNOWN);
            refused(
                    server,
                    project,
                    "\"lr\":0.003",
                    "\"lrr\":0.003",
                    "400 there is no field 'lrr', did you mean 'lr'?");
            refused(server, project, "\"epochs\":2", "\"epochs\":0", "400 epochs must be at least 1, got 0");
            refused(server, project, "data/digits", "data/digit", "404 there is no dataset 'digit', did you mean");
            refused(server, project, "data/digits", "../..", "400 the name of the dataset cannot be '..'");
            refused(server, project, "\"mlp\"", "\"resnet81\"", "404 there is no flavour 'resnet81', did you mean");
            refused(server, project, "adamw", "adamx", "400 there is no optimizer 'adamx' | use Adam, AdamW, SGD");
            refused(server, project, "float32", "float16", "400 autocast_dtype is 'float16' | use bfloat16 or float32");
            refused(server, project, "val_f1_macro", "val_f7", "400 there is no metric 'val_f7' | use val_loss,");
            refused(server, project, ":\"max\"", ":\"most\"", "400 monitor_mode is 'most' | use min or max");
            refused(server, project, "[1,3]", "[0]", "400 eval_topk is [0] | send a whole number from 1 to 1000");
            refused(server, project, "\"max_grad_norm\":1.0", "\"max_grad_norm\":0.0", "400 clip: the norm must be");
            refused(server, project, "-wide", "/../x", "400 the name of the run cannot be 'mlp/../x");
            for (String field : new String[] {"load_pretrained", "freeze_backbone"}) {
                refused(
                        server,
                        project,
                        "\"" + field + "\":false",
                        "\"" + field + "\":true",
                        "501 " + field + " is not there yet | send false: the network is trained from scratch");
            }
            assertThat(server.get("/api/v1/configs/project/" + project).json()).isEmpty();
        }
    }

    private static void refused(TestServer server, String project, String field, String other, String words) {
        assertThat(FIELDS).contains(field);
        assertThat(server.post("/api/v1/configs", wanted(project, FIELDS.replace(field, other)))
                        .problem())
                .startsWith(words);
    }

    private static String project(TestServer server) {
        TestServer.Answer made = server.post("/api/v1/projects", "{\"name\":\"digits\",\"description\":\"which?\"}");
        assertThat(made.status()).as(made.text()).isEqualTo(200);
        assertThat(made.json().path("description").asText()).isEqualTo("which?");
        return made.json().path("id").asText();
    }

    private static String wanted(String project, String fields) {
        return "{\"project_id\":\"" + project + "\"," + fields + "}";
    }

    private static JsonNode run(TestServer server, String config) {
        TestServer.Answer answer = server.ask("POST", "/api/v1/runs/from-config/" + config, null, "");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }
}
