package dev.quire.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quire.data.Example;
import dev.quire.run.Run;
import dev.quire.run.RunFolder;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InferenceTest {
    @TempDir
    static Path folder;

    private static TestServer server;
    private static Run run;
    private static String route;

    @BeforeAll
    static void start() {
        run = Trained.digits();
        server = TestServer.in(folder, options -> options.runs(RunFolder.root()));
        route = "/v1/runs/" + run.name() + "/infer";
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Example example(int i) {
        return run.data().test().example(i);
    }

    /** The pixels of a digit as nested arrays. */
    private static String nested(int i) {
        ByteBuffer pixels = example(i).inputs().get(0).bytes();
        StringBuilder out = new StringBuilder("[[");
        for (int y = 0; y < 8; y++) {
            out.append(y == 0 ? "[" : ",[");
            for (int x = 0; x < 8; x++) {
                out.append(x == 0 ? "" : ",").append(pixels.get(pixels.position() + y * 8 + x));
            }
            out.append("]");
        }
        return out.append("]]").toString();
    }

    private static String flat(int i) {
        return "[" + nested(i).replaceAll("[\\[\\]]", "") + "]";
    }

    private static byte[] png(int width, int height) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        image.createGraphics().fillRect(width / 3, height / 4, width / 6 + 1, height / 2);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }

    private static String dataUrl(byte[] png) {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
    }

    private static String refused(String body) {
        return server.post(route, body).problem();
    }

    @Test
    void rows_are_answered_as_the_run_itself_answers_them() {
        JsonNode said = server.post(route, "{\"rows\":[" + nested(0) + "," + nested(1) + "," + nested(2) + "]}")
                .json();
        assertThat(said.path("classes")).hasSize(10);
        assertThat(said.path("results")).hasSize(3);
        assertThat(said.path("model").path("kind").asText()).isEqualTo("run");
        assertThat(said.path("model").path("name").asText()).isEqualTo(run.name());
        assertThat(said.path("milliseconds").asDouble()).isPositive();
        for (int i = 0; i < 3; i++) {
            JsonNode row = said.path("results").get(i);
            assertThat(row.path("label").asText())
                    .isEqualTo(run.predict(example(i)).label());
            double sum = 0;
            for (JsonNode each : row.path("probabilities")) {
                sum += each.asDouble();
            }
            assertThat(sum).isBetween(0.999, 1.001);
            assertThat(row.path("probability").asDouble()).isGreaterThan(0.1);
        }
    }

    @Test
    void an_example_may_come_alone_or_flat_or_by_the_name_of_its_input() {
        String wanted = server.post(route, "{\"rows\":[" + nested(3) + "]}")
                .json()
                .path("results")
                .toString();
        String input = run.data().inputs().get(0).name();
        for (String body : new String[] {
            "{\"rows\":" + nested(3) + "}",
            "{\"rows\":" + nested(3).substring(1, nested(3).length() - 1) + "}",
            "{\"rows\":" + flat(3) + "}",
            "{\"rows\":[" + flat(3) + "]}",
            "{\"inputs\":{\"" + input + "\":[" + nested(3) + "]}}"
        }) {
            assertThat(server.post(route, body).json().path("results").toString())
                    .isEqualTo(wanted);
        }
    }

    @Test
    void images_come_as_files_as_data_addresses_and_by_themselves() throws IOException {
        byte[] png = png(64, 64);
        String url = dataUrl(png);
        JsonNode one = server.post(route, "{\"image\":\"" + url + "\"}").json().path("results");
        JsonNode two = server.post(route, "{\"images\":[\"" + url + "\",\"" + url + "\"]}")
                .json()
                .path("results");
        assertThat(two).hasSize(2);
        assertThat(two.get(1).path("label")).isEqualTo(one.get(0).path("label"));
        JsonNode plain = server.ask("POST", route, png, "image/png").json().path("results");
        assertThat(plain).isEqualTo(one);
        JsonNode form = server.ask("POST", route, form("a.png", png, "b.png", png), "multipart/form-data; boundary=XX")
                .json()
                .path("results");
        assertThat(form.get(0).path("file").asText()).isEqualTo("a.png");
        assertThat(form.get(1).path("file").asText()).isEqualTo("b.png");
        assertThat(form.get(1).path("label")).isEqualTo(one.get(0).path("label"));
    }

    private static byte[] form(Object... namesAndFiles) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < namesAndFiles.length; i += 2) {
            out.write(("--XX\r\nContent-Disposition: form-data; name=\"files\"; filename=\"" + namesAndFiles[i]
                            + "\"\r\nContent-Type: image/png\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            out.write((byte[]) namesAndFiles[i + 1]);
            out.write("\r\n".getBytes(StandardCharsets.UTF_8));
        }
        out.write("--XX--\r\n".getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    @Test
    void numbers_that_do_not_fit_are_refused_with_what_was_expected() {
        String input = run.data().inputs().get(0).name();
        assertThat(refused("{\"rows\":[[1,2,3]]}"))
                .isEqualTo("400 the input " + input + " of " + run.name()
                        + " has the shape 1x3, expected Nx1x8x8 | send one example of 1x8x8 numbers, or a list of such"
                        + " examples");
        assertThat(refused("{\"rows\":[[1,2],[3]]}"))
                .startsWith("400 the arrays of the input " + input + " are not all of the same length");
        assertThat(refused("{\"rows\":[]}")).isEqualTo("400 the input " + input + " has an empty array | send numbers");
        assertThat(refused("{\"rows\":[NaN]}"))
                .startsWith("400 the body is no JSON in line 1, column ")
                .endsWith(": NaN and Infinity are no numbers in JSON | send valid JSON with finite numbers");
        assertThat(refused("{\"rows\":[1e999]}"))
                .startsWith("400 the input " + input + " holds ")
                .endsWith("| send whole numbers from 0 to 255");
        assertThat(refused("{\"rows\":[0.5]}"))
                .isEqualTo("400 the input " + input + " holds 0.5 (line 1, column 13) | send whole numbers from 0 to"
                        + " 255");
        assertThat(refused("{\"rows\":[256]}")).contains("holds 256 ");
        assertThat(refused("{\"rows\":[\"1\"]}")).contains("holds a text ");
        assertThat(refused("{\"rows\":[null]}")).contains("holds null ");
        assertThat(refused("{\"rows\":" + "[".repeat(100_000) + "]}"))
                .startsWith("400 the input " + input + " is nested deeper than 16 levels");
        assertThat(refused("{\"columns\":[1]}"))
                .isEqualTo(
                        "400 there is no field 'columns' | send one of rows, records, inputs, text, texts, image, images,"
                                + " drawing, drawings");
        assertThat(refused("{\"records\":[{\"a\":1}]}"))
                .isEqualTo("400 " + run.name() + " has no named columns | send \"rows\": arrays of numbers");
        assertThat(refused("{}")).startsWith("400 the body asks nothing");
        assertThat(refused("[1]")).startsWith("400 the body is no JSON object");
        assertThat(refused("")).startsWith("400 the body is empty");
        assertThat(refused("{\"inputs\":{\"sound\":[1]}}"))
                .isEqualTo("400 " + run.name() + " has no input 'sound' | it takes " + input + " Nx1x8x8 uint8");
        assertThat(refused("{\"inputs\":{}}"))
                .startsWith("400 the input " + input + " of " + run.name() + " is missing");
        String tooMany = "{\"rows\":[" + (flat(0) + ",").repeat(1024) + flat(0) + "]}";
        assertThat(refused(tooMany))
                .isEqualTo("413 the request has 1025 rows, at most 1024 are taken | send them in several requests");
    }

    @Test
    void files_that_are_no_images_are_refused() throws IOException {
        byte[] text = "this is a text".getBytes(StandardCharsets.UTF_8);
        String form = "multipart/form-data; boundary=XX";
        assertThat(server.ask("POST", route, form("notes.png", text), form).problem())
                .isEqualTo("415 the file notes.png is not a JPEG or PNG | send a JPEG or PNG");
        byte[] png = png(20, 20);
        assertThat(server.ask("POST", route, form("half.png", java.util.Arrays.copyOf(png, png.length / 2)), form)
                        .problem())
                .isEqualTo("400 the image half.png is broken or cut off | send a JPEG or PNG");
        assertThat(server.ask("POST", route, form("none.png", new byte[0]), form)
                        .problem())
                .isEqualTo("400 the file none.png is empty | send a JPEG or PNG");
        assertThat(server.ask("POST", route, "--XX\r\nContent-Disp".getBytes(StandardCharsets.UTF_8), form)
                        .problem())
                .startsWith("400 the form is not whole");
        assertThat(server.ask("POST", route, "--XX--\r\n".getBytes(StandardCharsets.UTF_8), form)
                        .problem())
                .startsWith("400 the form has no file");
        assertThat(server.ask("POST", route, text, "multipart/form-data").problem())
                .startsWith("400 the form has no boundary");
        assertThat(server.ask("POST", route, text, "application/x-pickle").problem())
                .startsWith("415 the body is application/x-pickle | send application/json");
        assertThat(refused("{\"image\":\"http://169.254.169.254/seven.png\"}"))
                .isEqualTo("400 the image is no data address: http://169.254.169.254/seven.png | send"
                        + " data:image/png;base64, and the file in Base64; other addresses are not followed");
        assertThat(refused("{\"image\":\"data:image/svg+xml;base64,AAAA\"}")).startsWith("415 the data address says ");
        assertThat(refused("{\"image\":\"data:image/png;base64,%%%%\"}"))
                .startsWith("400 the data address is not in Base64");
        assertThat(refused("{\"drawing\":\"" + dataUrl(blank()) + "\"}"))
                .isEqualTo("400 nothing is drawn: the image has one colour | draw a digit");
    }

    @Test
    void a_form_of_too_many_parts_or_of_a_part_with_a_long_head_is_refused() {
        String type = "multipart/form-data; boundary=XX";
        String part = "--XX\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\ny\r\n";
        for (int parts : new int[] {1025, 1026, 5000}) {
            byte[] form = (part.repeat(parts) + "--XX--\r\n").getBytes(StandardCharsets.UTF_8);
            assertThat(server.ask("POST", route, form, type).problem())
                    .isEqualTo("413 the form has more than 1024 parts | send fewer files in one request");
        }
        String head = "--XX\r\nX-Long: " + "x".repeat(10_000) + "\r\n" + part.substring(6) + "--XX--\r\n";
        assertThat(server.ask("POST", route, head.getBytes(StandardCharsets.UTF_8), type)
                        .problem())
                .isEqualTo("413 a part of the form has a head of more than 8192 bytes | use shorter names");
    }

    private static byte[] blank() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(50, 50, BufferedImage.TYPE_BYTE_GRAY), "png", out);
        return out.toByteArray();
    }

    @Test
    void a_small_file_of_very_many_pixels_is_refused_by_its_header_alone() throws IOException {
        byte[] bomb = hugePng(30_000);
        assertThat(bomb.length).isBetween(800_000, 1_000_000);
        long before = System.nanoTime();
        assertThat(server.ask("POST", route, bomb, "image/png").problem())
                .isEqualTo("400 the image image claims to be 30,000 x 30,000 pixels, at most 50,000,000 are read | send"
                        + " a smaller image");
        assertThat((System.nanoTime() - before) * 1e-9).isLessThan(5);
    }

    /** Black, grey, as large as said on each side. */
    private static byte[] hugePng(int side) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        chunk(
                out,
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(side)
                        .putInt(side)
                        .put(new byte[] {8, 0, 0, 0, 0})
                        .array());
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflated = new DeflaterOutputStream(data)) {
            byte[] line = new byte[side + 1];
            for (int y = 0; y < side; y++) {
                deflated.write(line);
            }
        }
        chunk(out, "IDAT", data.toByteArray());
        chunk(out, "IEND", new byte[0]);
        return out.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] content) {
        CRC32 crc = new CRC32();
        crc.update(type.getBytes(StandardCharsets.US_ASCII));
        crc.update(content);
        out.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
        out.writeBytes(type.getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(content);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }

    @Test
    void a_run_that_is_none_is_refused() {
        assertThat(server.post("/v1/runs/nothing/infer", "{\"rows\":[1]}").problem())
                .isEqualTo("404 there is no run nothing | see GET /v1/runs for those there are");
        assertThat(server.post("/v1/runs/a..b/infer", "{\"rows\":[1]}").problem())
                .startsWith("400 the name of the run cannot be 'a..b'");
    }
}
