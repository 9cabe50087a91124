package dev.quire.server.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class GpusTest {
    @TempDir
    Path folder;

    @Test
    void each_line_of_nvidia_smi_is_a_gpu() {
        assertThat(Gpus.read("0, NVIDIA H200, 37, 143771, 2048\n1, NVIDIA H200 MIG 1g.18gb, [N/A], [N/A], [N/A]\n"))
                .containsExactly(
                        new Gpu(0, "NVIDIA H200", 0.37, 143771L << 20, 2048L << 20),
                        new Gpu(1, "NVIDIA H200 MIG 1g.18gb", null, null, null));
        assertThat(Gpus.read("NVIDIA-SMI has failed because it couldn't communicate with the driver\n"))
                .isEmpty();
        assertThat(Gpus.read("")).isEmpty();
    }

    @Test
    void without_nvidia_smi_there_are_none() throws Exception {
        assertThat(new Gpus(Optional.empty()).now()).isEmpty();
        assertThat(new Gpus(Optional.of(folder.resolve("nothing"))).now()).isEmpty();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the program is a script of sh")
    void the_program_is_asked_and_its_failure_is_no_gpu() throws Exception {
        assertThat(new Gpus(Optional.of(script("echo '0, GPU, 5, 10, 1'"))).now())
                .containsExactly(new Gpu(0, "GPU", 0.05, 10L << 20, 1L << 20));
        assertThat(new Gpus(Optional.of(script("echo '0, GPU, 5, 10, 1'; exit 9"))).now())
                .isEmpty();
    }

    private Path script(String command) throws Exception {
        Path out = Files.createTempFile(folder, "nvidia-smi", "");
        Files.writeString(out, "#!/bin/sh\n" + command + "\n");
        Files.setPosixFilePermissions(out, PosixFilePermissions.fromString("rwxr-xr-x"));
        return out;
    }
}
