package dev.quire.kernel.jupyter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.quire.kernel.jupyter.wire.Message;
import dev.quire.run.RunFolder;
import dev.quire.run.StoredRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RecordedCellsTest {
    @TempDir
    Path runs;

    private String before = "";

    @BeforeEach
    void recordHere() {
        before = System.getProperty("quire.runs", "");
        System.setProperty("quire.runs", runs.toString());
    }

    @AfterEach
    void recordThere() {
        System.setProperty("quire.runs", before);
    }

    @Test
    void a_run_from_jupyter_records_the_cells_before_it_as_they_were_written_and_the_one_that_started_it()
            throws IOException {
        try (TestKernel kernel = TestKernel.open()) {
            kernel.client.run("%time int width = 8;");
            kernel.client.run("nowhere()");
            kernel.client.run(
                    "train(sequential(flatten(), dense(width), dense(10)), digits(), epochs(1), name(\"a\"));");
            kernel.client.run("var late = trainAsync(dense(3), iris(), epochs(1), name(\"b\"));");
            kernel.client.run("late.await();");
        }
        JsonNode cells = cells("a");
        assertThat(cells.at("/before/0/number").asInt()).isEqualTo(1);
        assertThat(cells.at("/before/0/source").asText()).isEqualTo("%time int width = 8;");
        assertThat(cells.at("/before/0/ending").asText()).isEqualTo("done");
        assertThat(cells.at("/before/1/ending").asText()).isEqualTo("failed");
        assertThat(cells.at("/before")).hasSize(2);
        assertThat(cells.at("/now/number").asInt()).isEqualTo(3);
        assertThat(cells.at("/now/source").asText()).startsWith("train(sequential(");

        JsonNode background = cells("b");
        assertThat(background.at("/now/source").asText()).startsWith("var late = trainAsync(");
        assertThat(background.at("/before")).hasSize(3);
    }

    @Test
    void a_cell_that_was_edited_after_it_ran_is_marked() throws IOException {
        try (TestKernel kernel = TestKernel.open()) {
            run(kernel, "first", "int width = 8;");
            run(kernel, "first", "int width = 3;");
            run(kernel, "second", "train(dense(width), iris(), epochs(1), name(\"c\"));");
        }
        StoredRun recorded = StoredRun.of(new RunFolder(runs.resolve("c")));
        assertThat(recorded.cells().before().get(1).id()).isEqualTo("first");
        assertThat(recorded.remarks()).containsExactly("cell 1 ran twice, with another text");
    }

    private static void run(TestKernel kernel, String cell, String source) {
        Message plain = kernel.client.request("execute_request", TestClient.code(source));
        Message request = new Message(
                plain.identities(),
                plain.header(),
                plain.parent(),
                TestClient.JSON.objectNode().put("cellId", cell),
                plain.content(),
                plain.buffers());
        TestClient.send(kernel.client.shell, kernel.client.codec.encode(request));
        kernel.client.reply(kernel.client.shell, request.id());
    }

    private JsonNode cells(String run) throws IOException {
        return new ObjectMapper().readTree(Files.readString(runs.resolve(run).resolve("cells.json")));
    }
}
