package dev.quire.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kernel as Jupyter's own test suite sees it. */
class KernelFromPythonTest {
    @TempDir
    Path folder;

    @Test
    void every_test_of_jupyter_kernel_test_passes() throws IOException {
        Tool python = Tool.python("jupyter_kernel_test");
        Tool.Result result = python.run(
                Jupyter.in(folder),
                Duration.ofMinutes(5),
                Jupyter.ROOT
                        .resolve("kernel/src/test/python/test_quire_kernel.py")
                        .toString(),
                "--verbose");
        assertThat(result.code()).as(result.output()).isZero();
        assertThat(result.output())
                .containsPattern("Ran [1-9]\\d+ tests")
                .contains("\nOK")
                .doesNotContain("skipped");
    }
}
