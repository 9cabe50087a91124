package dev.quire.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetTest {
    @TempDir
    Path folder;

    @Test
    void known_datasets_are_listed_described_and_shown() {
        try (TestServer server = TestServer.in(folder)) {
            assertThat(server.get("/v1/datasets").text()).contains("\"iris\"", "\"mnist\"", "\"known\"");
            JsonNode iris = server.get("/v1/datasets/iris").json();
            assertThat(iris.path("classes")).hasSize(3);
            assertThat(iris.path("splits").path("train").asInt()).isEqualTo(120);
            JsonNode digits = server.get("/v1/datasets/digits/preview?num=3").json();
            assertThat(digits.path("examples")).hasSize(3);
            assertThat(digits.path("examples").get(0).path("image").asText()).startsWith("data:image/png;base64,");
            assertThat(server.get("/v1/datasets/iris/preview")
                            .json()
                            .path("examples")
                            .get(0)
                            .path("text")
                            .asText())
                    .isNotEmpty();
            assertThat(server.get("/v1/datasets/nothing-like-it").problem())
                    .startsWith("404 there is no dataset 'nothing-like-it'; there are 'breast-cancer'");
        }
    }

    @Test
    void an_upload_becomes_a_dataset_that_can_be_trained_on() throws IOException {
        try (TestServer server = TestServer.in(folder)) {
            byte[] zip = zip(images("cats", "dogs"));
            TestServer.Answer made = server.ask("POST", "/v1/datasets?name=pets", zip, "application/zip");
            assertThat(made.status()).as(made.text()).isEqualTo(201);
            assertThat(made.json().path("classes").toString()).isEqualTo("[\"cats\",\"dogs\"]");
            assertThat(server.ask("POST", "/v1/datasets?name=pets", zip, "application/zip")
                            .problem())
                    .startsWith("409 there is a dataset 'pets' already");
            byte[] csv = ("a,b,kind\n" + "1,2,x\n3,4,y\n".repeat(20)).getBytes(StandardCharsets.UTF_8);
            assertThat(form(server, "points.csv", csv).json().path("classes").toString())
                    .isEqualTo("[\"x\",\"y\"]");
            String id = JobTest.submitted(
                    server,
                    "{\"dataset\": \"points\", \"network\": {\"version\": 1, \"type\": \"dense\", \"units\": 2},"
                            + " \"configuration\": {\"epochs\": 1, \"batch\": 8}}");
            assertThat(JobTest.ended(server, id).path("state").asText()).isEqualTo("done");
            assertThat(server.delete("/v1/datasets/pets").status()).isEqualTo(204);
            assertThat(server.delete("/v1/datasets/iris").problem())
                    .isEqualTo("409 'iris' was not uploaded | remove its folder where it lies");
        }
    }

    @Test
    void folders_with_train_and_test_are_found_by_themselves() throws IOException {
        Path data = folder.resolve("data").resolve("shapes");
        for (String split : new String[] {"train", "test"}) {
            for (Map.Entry<String, byte[]> each : images("round", "square").entrySet()) {
                Path file = data.resolve(split).resolve(each.getKey());
                Files.createDirectories(file.getParent());
                Files.write(file, each.getValue());
            }
        }
        Files.createDirectories(folder.resolve("data").resolve("other"));
        try (TestServer server = TestServer.in(folder, options -> options.data(folder.resolve("data")))) {
            assertThat(server.get("/v1/datasets").text())
                    .contains("{\"name\":\"shapes\",\"origin\":\"folder\"}")
                    .doesNotContain("\"other\"");
            assertThat(server.get("/v1/datasets/shapes")
                            .json()
                            .path("splits")
                            .path("test")
                            .asInt())
                    .isEqualTo(8);
        }
    }

    @Test
    void archives_that_do_harm_are_refused_and_leave_nothing() throws IOException {
        try (TestServer server = TestServer.in(folder)) {
            Map<String, byte[]> evil = images("cats", "dogs");
            evil.put("../../evil.png", new byte[3]);
            assertThat(server.ask("POST", "/v1/datasets?name=evil", zip(evil), "application/zip")
                            .problem())
                    .startsWith("400 evil.zip: the entry ../../evil.png leads out of the archive");
            evil.remove("../../evil.png");
            evil.put("/etc/evil.png", new byte[3]);
            assertThat(server.ask("POST", "/v1/datasets?name=evil", zip(evil), "application/zip")
                            .problem())
                    .startsWith("400 evil.zip: the entry /etc/evil.png leads out of the archive");
            assertThat(server.ask("POST", "/v1/datasets?name=one", zip(images("cats")), "application/zip")
                            .problem())
                    .startsWith("400 one has one class, cats: there is nothing to tell apart");
            assertThat(server.ask(
                                    "POST",
                                    "/v1/datasets?name=none",
                                    "no zip".getBytes(StandardCharsets.UTF_8),
                                    "application/zip")
                            .problem())
                    .startsWith("400 none.zip");
            Map<String, byte[]> text = images("cats", "dogs");
            text.put("cats/text.png", "this is text".getBytes(StandardCharsets.UTF_8));
            assertThat(server.ask("POST", "/v1/datasets?name=text", zip(text), "application/zip")
                            .problem())
                    .startsWith("400 text.zip")
                    .contains("cats/text.png");
            assertThat(server.ask("POST", "/v1/datasets?name=..%2Fx", zip(text), "application/zip")
                            .problem())
                    .startsWith("400 the name of the dataset cannot be '../x'");
            assertThat(server.ask("POST", "/v1/datasets?name=x", new byte[3], "application/x-tar")
                            .problem())
                    .isEqualTo(
                            "415 the upload is application/x-tar | send application/zip, text/csv, or a form with a file");
            try (Stream<Path> left = Files.walk(folder.resolve("server").resolve("incoming"))) {
                assertThat(left.filter(Files::isRegularFile)).isEmpty();
            }
            assertThat(server.get("/v1/datasets").text()).doesNotContain("uploaded");
        }
    }

    private static TestServer.Answer form(TestServer server, String file, byte[] content) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + file + "\"\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.write(content);
        body.write("\r\n--b--\r\n".getBytes(StandardCharsets.UTF_8));
        return server.ask("POST", "/v1/datasets", body.toByteArray(), "multipart/form-data; boundary=b");
    }

    /** Four small pictures a class. */
    static Map<String, byte[]> images(String... classes) throws IOException {
        Map<String, byte[]> out = new LinkedHashMap<>();
        for (String name : classes) {
            for (int i = 0; i < 4; i++) {
                BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_GRAY);
                image.setRGB(i % 4, name.length() % 4, 0xffffff);
                ByteArrayOutputStream png = new ByteArrayOutputStream();
                ImageIO.write(image, "png", png);
                out.put(name + "/" + i + ".png", png.toByteArray());
            }
        }
        return out;
    }

    static byte[] zip(Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> each : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(each.getKey()));
                zip.write(each.getValue());
            }
        }
        return out.toByteArray();
    }
}
