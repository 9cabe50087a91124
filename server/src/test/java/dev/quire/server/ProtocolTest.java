package dev.quire.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quire.run.Run;
import dev.quire.run.RunFolder;
import dev.quire.server.http.Json;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProtocolTest {
    private static final String INFER = "/v2/models/digits-net/infer";
    private static final String BYTES = "application/octet-stream";

    @TempDir
    static Path folder;

    private static TestServer server;
    private static String input;
    private static byte[] pixels;
    private static String expected;

    @BeforeAll
    static void start() {
        Run run = Trained.digits();
        server = TestServer.in(folder, options -> options.runs(RunFolder.root()));
        server.post("/v1/deployments", "{\"name\":\"digits-net\",\"run\":\"" + run.name() + "\"}");
        input = run.data().inputs().get(0).name();
        ByteBuffer content = run.data().test().example(5).inputs().get(0).bytes();
        pixels = new byte[64];
        content.duplicate().get(pixels);
        expected = run.predict(run.data().test().example(5)).label();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String tensor(String fields) {
        return "{\"name\":\"" + input + "\",\"shape\":[1,1,8,8],\"datatype\":\"UINT8\"," + fields + "}";
    }

    private static String data() {
        return "\"data\":" + Arrays.toString(pixels);
    }

    private static int likeliest(float[] values) {
        int best = 0;
        for (int i = 0; i < values.length; i++) {
            best = values[i] > values[best] ? i : best;
        }
        return best;
    }

    private static String fault(String body) {
        TestServer.Answer answer = server.post(INFER, body);
        return answer.status() + " " + answer.json().path("error").asText();
    }

    @Test
    void it_tells_of_itself_and_of_a_model() {
        assertThat(server.get("/v2").json().path("extensions").get(0).asText()).isEqualTo("binary_tensor_data");
        assertThat(server.get("/v2/health/live").text()).isEqualTo("{\"live\":true}");
        assertThat(server.get("/v2/health/ready").text()).isEqualTo("{\"ready\":true}");
        assertThat(server.get("/v2/models/digits-net").text())
                .isEqualTo(
                        "{\"name\":\"digits-net\",\"versions\":[\"1\"],\"platform\":\"quire\",\"inputs\":[{\"name\":\""
                                + input
                                + "\",\"datatype\":\"UINT8\",\"shape\":[-1,1,8,8]}],\"outputs\":[{\"name\":\"output\",\"datatype\":\"FP32\","
                                + "\"shape\":[-1,10]}]}");
        assertThat(server.get("/v2/models/digits-net/versions/1").status()).isEqualTo(200);
        assertThat(server.get("/v2/models/digits-net/ready").text())
                .isEqualTo("{\"name\":\"digits-net\",\"ready\":true}");
        assertThat(server.get("/v2/models/digits-net/versions/1/ready").status())
                .isEqualTo(200);
    }

    @Test
    void a_request_in_json_is_answered_in_json() {
        JsonNode said = server.post(INFER, "{\"id\":\"42\",\"inputs\":[" + tensor(data()) + "]}")
                .json();
        assertThat(said.path("model_name").asText()).isEqualTo("digits-net");
        assertThat(said.path("model_version").asText()).isEqualTo("1");
        assertThat(said.path("id").asText()).isEqualTo("42");
        JsonNode output = said.path("outputs").get(0);
        assertThat(output.path("name").asText()).isEqualTo("output");
        assertThat(output.path("datatype").asText()).isEqualTo("FP32");
        assertThat(output.path("shape").toString()).isEqualTo("[1,10]");
        float[] values = new float[10];
        for (int i = 0; i < 10; i++) {
            values[i] = output.path("data").get(i).floatValue();
        }
        assertThat(likeliest(values) + "").isEqualTo(expected);
    }

    @Test
    void bytes_go_in_and_come_out_after_the_json() {
        String json = "{\"inputs\":[" + tensor("\"parameters\":{\"binary_data_size\":64}")
                + "],\"outputs\":[{\"name\":\"output\",\"parameters\":{\"binary_data\":true}}]}";
        TestServer.Answer answer = server.ask(
                "POST",
                "/v2/models/digits-net/versions/1/infer",
                joined(json, pixels),
                BYTES,
                "Inference-Header-Content-Length",
                json.length() + "");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.type()).isEqualTo(BYTES);
        int length = Integer.parseInt(answer.raw()
                .headers()
                .firstValue("Inference-Header-Content-Length")
                .orElseThrow());
        JsonNode output = Json.parse(Arrays.copyOf(answer.bytes(), length))
                .path("outputs")
                .get(0);
        assertThat(output.path("parameters").path("binary_data_size").asInt()).isEqualTo(40);
        assertThat(answer.bytes()).hasSize(length + 40);
        float[] values = new float[10];
        ByteBuffer.wrap(answer.bytes(), length, 40)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        assertThat(likeliest(values) + "").isEqualTo(expected);

        String all = "{\"parameters\":{\"binary_data_output\":true},\"inputs\":[" + tensor(data()) + "]}";
        assertThat(server.post(INFER, all).type()).isEqualTo(BYTES);
    }

    private static byte[] joined(String json, byte[] more) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(json.getBytes(StandardCharsets.UTF_8));
        out.writeBytes(more);
        return out.toByteArray();
    }

    @Test
    void errors_are_worded_as_the_protocol_does() {
        assertThat(server.get("/v2/models/nothing").json().path("error").asText())
                .startsWith("unknown model: 'nothing'");
        assertThat(server.get("/v2/models/nothing/ready").status()).isEqualTo(404);
        assertThat(server.get("/v2/models/digits-net/versions/7")
                        .json()
                        .path("error")
                        .asText())
                .isEqualTo("unknown version of model 'digits-net': '7': version 1 is served");
        assertThat(fault("{\"inputs\":[]}")).startsWith("400 the request has no inputs");
        assertThat(fault("{\"inputs\":7}")).startsWith("400 \"inputs\" is no array");
        assertThat(fault("[]")).startsWith("400 the request is no JSON object");
        assertThat(fault("{\"inputs\":[" + tensor(data()).replace("UINT8", "FP32") + "]}"))
                .startsWith("400 the input " + input)
                .endsWith("is float32, expected uint8: send it as uint8");
        assertThat(fault("{\"inputs\":[" + tensor(data()).replace("UINT8", "BYTES") + "]}"))
                .startsWith("400 the datatype 'BYTES' is not taken");
        assertThat(fault("{\"inputs\":[" + tensor(data()).replace("[1,1,8,8]", "[1,64]") + "]}"))
                .contains("has the shape 1x64, expected Nx1x8x8");
        assertThat(fault("{\"inputs\":[" + tensor("\"data\":[1,2,3]") + "]}"))
                .isEqualTo("400 the input " + input
                        + " has 3 elements, its shape says 64: send as many as the shape says");
        assertThat(fault("{\"inputs\":[" + tensor("\"data\":[NaN]") + "]}"))
                .contains("NaN and Infinity are no numbers");
        assertThat(fault("{\"inputs\":[" + tensor("\"data\":[1e999]") + "]}")).contains("holds ");
        assertThat(fault("{\"inputs\":[" + tensor("\"id\":1") + "]}")).contains("has no data");
        assertThat(fault("{\"inputs\":[" + tensor(data()).replace(input, "sound") + "]}"))
                .contains("expected 1 inputs but got 1 inputs for model");
        assertThat(fault("{\"inputs\":[" + tensor(data()).replace("[1,1,8,8]", "[4611686018427387904,4]") + "]}"))
                .contains("is larger than any memory");
        assertThat(fault("{\"inputs\":[" + tensor(data()) + "],\"outputs\":[{\"name\":\"other\"}]}"))
                .startsWith("400 unexpected inference output 'other' for model 'digits-net'");
        assertThat(fault("{\"inputs\":[" + tensor("\"parameters\":{\"binary_data_size\":64}") + "]}"))
                .contains("claims 64 bytes, 0 are there");
        TestServer.Answer wrong =
                server.ask("POST", INFER, joined("{}", pixels), BYTES, "Inference-Header-Content-Length", "9999");
        assertThat(wrong.status() + " " + wrong.json().path("error").asText())
                .isEqualTo(
                        "400 Inference-Header-Content-Length is '9999', the body has 66 bytes: send the length of the"
                                + " JSON part");
    }

    @Test
    void a_model_that_is_stopped_is_not_ready() {
        Run run = Trained.digits();
        server.post("/v1/deployments", "{\"name\":\"other\",\"run\":\"" + run.name() + "\"}");
        server.post("/v1/deployments/other/stop", "{}");
        TestServer.Answer answer = server.get("/v2/models/other/ready");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("error").asText()).startsWith("deployment other is stopped");
    }
}
