package dev.quire.kernel.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RecordCommandsTest {
    private static final String NOTEBOOK = """
            {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [
            {"cell_type": "code", "metadata": {},
             "source": "train(dense(3), iris(), epochs(2), seed(1), name(\\"flowers\\"));"}]}
            """;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final PrintStream standardOut = System.out;
    private final PrintStream standardErr = System.err;
    private String before = "";

    @TempDir
    Path folder;

    @BeforeEach
    void listen() {
        before = System.getProperty("quire.runs", "");
        System.setProperty("quire.runs", folder.resolve("runs").toString());
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restore() {
        System.setOut(standardOut);
        System.setErr(standardErr);
        System.setProperty("quire.runs", before);
    }

    @Test
    void a_run_is_exported_and_replayed_and_the_exit_code_says_whether_it_came_out_the_same() throws IOException {
        Path notebook = Files.writeString(folder.resolve("flowers.ipynb"), NOTEBOOK);
        Path zip = folder.resolve("record.zip");
        assertThat(Main.execute("run", notebook.toString())).isZero();
        assertThat(Main.execute("export", "flowers", "-o", zip.toString(), "--no-weights"))
                .isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("wrote " + zip + ": ", " KB; ./quire replay runs it again");
        assertThat(Main.execute("replay", zip.toString())).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("note: the checkpoints were left out\n")
                .endsWith("identical: 4 steps, 5 metrics\n");
        Path metrics = folder.resolve("runs/flowers/metrics.csv");
        Files.writeString(metrics, Files.readString(metrics).replaceFirst("\n1,\\d", "\n1,7"));
        assertThat(Main.execute("replay", "flowers")).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("altered: metrics.csv was altered\n", "\ndiverged at epoch 1: loss ");
    }

    @Test
    void what_is_no_record_is_refused_in_a_line() throws IOException {
        assertThat(Main.execute("replay", folder.resolve("none.zip").toString()))
                .isEqualTo(2);
        assertThat(Main.execute("export", "nothing")).isEqualTo(2);
        Path text = Files.writeString(folder.resolve("text.zip"), "text");
        assertThat(Main.execute("replay", text.toString())).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("quire replay: there is no file "),
                        line -> assertThat(line).startsWith("quire export: there is no run 'nothing' in "),
                        line -> assertThat(line).contains("text.zip"));
    }
}
