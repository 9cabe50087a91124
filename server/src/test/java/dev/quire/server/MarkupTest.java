package dev.quire.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Names that are markup, of classes, columns and metrics: shown as text wherever a run is shown. */
class MarkupTest {
    private static final String SCRIPT = "<script>alert(1)</script>";
    private static final String SVG = "'><svg onload=alert(2)>";
    private static final String COLUMN = "<img src=x onerror=alert(3)>";

    @TempDir
    Path folder;

    @Test
    void classes_and_columns_that_are_markup_are_text_in_figures_records_and_answers() throws Exception {
        String csv = COLUMN + ",b,kind\n" + ("1,2," + SCRIPT + "\n3,4," + SVG + "\n").repeat(40);
        try (TestServer server = TestServer.in(folder)) {
            TestServer.Answer made =
                    server.ask("POST", "/v1/datasets?name=hostile", csv.getBytes(StandardCharsets.UTF_8), "text/csv");
            assertThat(made.status()).as(made.text()).isEqualTo(201);
            assertThat(made.json().path("classes").toString()).contains(SCRIPT, SVG);
            JsonNode job = JobTest.ended(
                    server,
                    JobTest.submitted(
                            server,
                            "{\"dataset\": \"hostile\", \"network\": {\"version\": 1, \"type\": \"dense\", \"units\": 2},"
                                    + " \"configuration\": {\"epochs\": 2, \"batch\": 16}, \"name\": \"hostile\"}"));
            assertThat(job.path("state").asText()).as(job.toString()).isEqualTo("done");
            TestServer.Answer asked = server.post("/v1/runs/hostile/infer", "{\"rows\":[[1,2]]}");
            assertThat(asked.type()).isEqualTo("application/json");
            assertThat(asked.json().path("classes").toString()).contains(SCRIPT, SVG);

            JsonNode shown = server.get("/v1/runs/hostile").json();
            Set<String> figures = new TreeSet<>(Set.of("confusion", "roc"));
            shown.path("figures").forEach(each -> figures.add(each.asText()));
            boolean isNamed = false;
            for (String figure : figures) {
                TestServer.Answer drawn = server.get("/v1/runs/hostile/figures/" + figure);
                assertThat(drawn.status()).as(drawn.text()).isEqualTo(200);
                assertThat(drawn.raw().headers().firstValue("content-security-policy"))
                        .hasValue("sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:");
                requireStill(drawn.bytes());
                isNamed |= drawn.text().contains("&lt;script");
            }
            assertThat(isNamed).as("a figure names the classes").isTrue();
            for (JsonNode part : server.get("/v1/runs/hostile/files").json()) {
                TestServer.Answer file =
                        server.get("/v1/runs/hostile/files/" + part.path("name").asText());
                assertThat(file.type()).isEqualTo("application/octet-stream");
                assertThat(file.raw().headers().firstValue("content-disposition"))
                        .hasValueSatisfying(said -> assertThat(said).startsWith("attachment; "));
            }
            requirePlainRecord(server.get("/v1/runs/hostile/record").bytes());
        }
    }

    /** A drawing in which nothing runs and nothing is loaded. */
    private static void requireStill(byte[] svg) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        NodeList all = factory.newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg))
                .getElementsByTagName("*");
        assertThat(all.getLength()).isPositive();
        for (int i = 0; i < all.getLength(); i++) {
            Element element = (Element) all.item(i);
            assertThat(element.getTagName().toLowerCase(Locale.ROOT))
                    .isNotIn("script", "img", "iframe", "foreignobject", "a", "use");
            for (int j = 0; j < element.getAttributes().getLength(); j++) {
                Attr attribute = (Attr) element.getAttributes().item(j);
                assertThat(attribute.getName().toLowerCase(Locale.ROOT)).doesNotStartWith("on");
                assertThat(attribute.getValue()).doesNotContain("javascript:");
            }
        }
    }

    private static void requirePlainRecord(byte[] record) throws Exception {
        Map<String, String> parts = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(record))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                parts.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        assertThat(parts.get("index.html"))
                .contains("default-src 'none'; style-src 'sha256-", "&lt;script&gt;alert(1)&lt;/script&gt;")
                .doesNotContain("<script", "<img", "<svg onload", "style=");
        assertThat(parts.get("notebook.ipynb")).doesNotContain("<script", "<img", "<svg onload");
        assertThat(parts.get("README.md")).doesNotContain("<script", "<img", "<svg onload");
    }
}
