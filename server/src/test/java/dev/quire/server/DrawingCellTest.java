package dev.quire.server;

import static dev.quire.Quire.dense;
import static dev.quire.Quire.epochs;
import static dev.quire.Quire.iris;
import static dev.quire.Quire.sequential;
import static dev.quire.Quire.train;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quire.QuireException;
import dev.quire.run.Run;
import dev.quire.server.http.Json;
import dev.quire.server.page.DrawingCell;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrawingCellTest {
    @TempDir
    Path folder;

    @Test
    void a_person_draws_in_a_cell_and_reads_the_answer() throws Exception {
        Path page = folder.resolve("cell.html");
        Files.writeString(
                page,
                "<!doctype html><meta charset=\"utf-8\"><title>Notebook</title>"
                        + DrawingCell.draw(Trained.digits()).display().data().get("text/html"));
        assertThat(Browser.run("cell.mjs", page.toString()))
                .containsExactly(
                        "a seven that is drawn is read as 7",
                        "clear empties the canvas and the bars",
                        "the arrow keys and the space bar draw too");
    }

    @Test
    void a_terminal_is_told_where_else_to_draw() {
        DrawingCell cell = new DrawingCell("mine", "http://127.0.0.1:1/token");
        assertThat(cell.plain())
                .isEqualTo("a canvas for run mine: it shows in a notebook; in a terminal serve(run) has a page to draw"
                        + " on");
    }

    @Test
    void the_page_of_a_cell_reaches_this_process_and_no_other_and_a_name_in_it_is_text() {
        DrawingCell cell = new DrawingCell("<script>alert(1)</script>", "http://127.0.0.1:4711/token");
        String html = cell.display().data().get("text/html");
        assertThat(html)
                .contains(
                        "sandbox=\"allow-scripts\"", "connect-src http://127.0.0.1:4711&quot;", "default-src &#39;none")
                .doesNotContain("<script");
    }

    @Test
    void a_cell_without_its_token_or_run_again_is_not_answered() throws Exception {
        Run run = Trained.digits();
        String before = DrawingCell.draw(run).address();
        String now = DrawingCell.draw(run).address();
        assertThat(now).isNotEqualTo(before);
        assertThat(refused(before, "x")).isEqualTo("400 the drawing is no data address of a PNG");
        assertThat(refused(before, PIXEL)).isEqualTo("403 this cell has been replaced by a newer one");
        assertThat(refused(URI.create(now).resolve("/").toString(), PIXEL))
                .isEqualTo("403 this cell has been replaced by a newer one");
        assertThat(refused(now, PIXEL)).startsWith("400 nothing is drawn");
        assertThat(refused(now, "data:image/png;base64,AAAA")).startsWith("415 ");
        assertThat(refused(now, "data:image/png;base64,?")).isEqualTo("400 the drawing is no base64");
        assertThat(refused(now, PIXEL + "A".repeat(4_000_000))).isEqualTo("413 the drawing is larger than 4 MB");
    }

    @Test
    void a_run_that_takes_no_images_is_refused() {
        Run run = train(sequential(dense(3)), iris(), epochs(1));
        assertThatThrownBy(() -> DrawingCell.draw(run))
                .isInstanceOf(QuireException.class)
                .hasMessage("draw: run " + run.name() + " takes no images or has no classes: draw for a run on images,"
                        + " such as mnist()");
    }

    /** A white PNG of one pixel. */
    private static final String PIXEL = "data:image/png;base64,"
            + "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4"
            + "DwABAQEAsTj2FAAAAABJRU5ErkJggg==";

    private static String refused(String address, String body) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(address))
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        JsonNode problem = Json.parse(answer.body().getBytes(StandardCharsets.UTF_8));
        return answer.statusCode() + " " + problem.path("detail").asText();
    }
}
