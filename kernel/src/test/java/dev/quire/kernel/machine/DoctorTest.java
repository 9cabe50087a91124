package dev.quire.kernel.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.data.DataFolders;
import dev.quire.kernel.machine.Finding.Mark;
import dev.quire.kernel.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
    private static final TorchState CPU = new TorchState("2.7.1", 2, 0, "");

    @TempDir
    Path folder;

    @Test
    void the_report_is_aligned_and_says_what_to_do() {
        Doctor doctor = new Doctor(List.of(Finding.good("JDK", "17"), Finding.note("GPU", "not used", "do this")));
        assertThat(report(doctor, true))
                .endsWith("\n✓ JDK        17\n! GPU        not used\n             → do this\n" + "\nQuire is ready.\n");
        assertThat(report(doctor, false))
                .contains("\nok JDK        17\n!  GPU        not used\n              -> do this\n");
    }

    @Test
    void what_makes_quire_unusable_fails_the_report() {
        TorchState broken =
                new TorchState("", 0, 0, "libtorch does not load: no disk space. Run ./quire doctor to see why.");
        Doctor doctor = new Doctor(List.of(broken.finding(new Libtorch("2.7.1", "for the CPU"))));
        assertThat(report(doctor, true))
                .contains("✗ libtorch   libtorch does not load: no disk space.\n")
                .contains("→ the class path has libtorch 2.7.1 (for the CPU)\n")
                .endsWith("Quire cannot be used until that is put right.\n");
    }

    private static String report(Doctor doctor, boolean isUnicode) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        boolean usable =
                doctor.report(new Terminal(new PrintStream(out, true, StandardCharsets.UTF_8), false, 80, isUnicode));
        String text = out.toString(StandardCharsets.UTF_8);
        assertThat(usable).isEqualTo(text.contains("ready"));
        return text;
    }

    @Test
    void features_of_the_processor_are_named() {
        Processor intel = Processor.parse(
                "processor\t: 0\nmodel name\t: Intel X\nflags\t\t: fpu avx2 avx512f avx512_bf16 amx_tile\n");
        assertThat(intel.finding().text()).isEqualTo("Intel X: AVX2, AVX-512, AVX512-BF16, AMX");
        assertThat(Processor.parse("Features\t: fp asimd bf16\n").features()).containsExactly("NEON", "BF16");
    }

    @Test
    void a_gpu_is_found_below_proc() throws IOException {
        Path gpu = Files.createDirectories(folder.resolve("proc/driver/nvidia/gpus/0000:01:00.0"));
        Files.writeString(gpu.resolve("information"), "Model: \t\t NVIDIA H200\nIRQ: 3\n");
        assertThat(Gpu.below(folder)).isEqualTo(new Gpu(List.of("NVIDIA H200"), false));
    }

    @Test
    void a_gpu_without_a_driver_is_found_below_sys() throws IOException {
        Path device = Files.createDirectories(folder.resolve("sys/bus/pci/devices/0000:01:00.0"));
        Files.writeString(device.resolve("vendor"), "0x10de\n");
        Files.writeString(device.resolve("class"), "0x030200\n");
        Gpu found = Gpu.below(folder);
        assertThat(found).isEqualTo(new Gpu(List.of(), true));
        assertThat(found.finding(Map.of(), CPU).text()).contains("no driver has taken; the processor is used");
    }

    @Test
    void it_says_why_a_gpu_is_used_or_not() {
        Gpu none = new Gpu(List.of(), false);
        Gpu gpu = new Gpu(List.of("NVIDIA H200"), false);
        TorchState cuda = new TorchState("2.7.1", 2, 1, "");
        assertGpu(none.finding(Map.of(), CPU), Mark.GOOD, "no NVIDIA GPU found; the processor is used");
        assertGpu(
                none.finding(Map.of("QUIRE_DEVICE", "gpu"), CPU),
                Mark.BAD,
                "none found, and QUIRE_DEVICE=gpu asks for one");
        assertGpu(gpu.finding(Map.of(), cuda), Mark.GOOD, "NVIDIA H200, used for training");
        assertGpu(
                gpu.finding(Map.of("QUIRE_DEVICE", "cpu"), CPU), Mark.NOTE, "NVIDIA H200, not used: QUIRE_DEVICE=cpu");
        assertGpu(
                gpu.finding(Map.of("PYTORCH_LIBRARY_PATH", "/x"), CPU),
                Mark.NOTE,
                "NVIDIA H200, not used: the libtorch in PYTORCH_LIBRARY_PATH does not see it");
        assertGpu(gpu.finding(Map.of(), CPU), Mark.NOTE, "NVIDIA H200, not used: libtorch for the GPU is not there");
        assertThat(gpu.finding(Map.of(), CPU).remedies()).anyMatch(remedy -> remedy.contains("PYTORCH_LIBRARY_PATH"));
    }

    private static void assertGpu(Finding finding, Mark mark, String text) {
        assertThat(finding.mark()).isEqualTo(mark);
        assertThat(finding.text()).isEqualTo(text);
    }

    @Test
    void datasets_are_found_where_they_lie() throws IOException {
        Path own = Files.createDirectories(folder.resolve("own"));
        Files.createDirectories(own.resolve("mnist"));
        Files.createDirectories(folder.resolve("cache/datasets/cifar10"));
        DataFolders folders = new DataFolders(Optional.of(own), folder.resolve("cache"));
        assertThat(DatasetFolders.findings(folders))
                .extracting(Finding::text)
                .containsExactly(
                        "digits, iris, wine, breast cancer come with Quire",
                        "QUIRE_DATASETS " + own + ": mnist",
                        "cache " + folder.resolve("cache/datasets") + ": cifar10",
                        "fashion-mnist, tinyshakespeare: downloaded when first asked for");
        DataFolders wrong = new DataFolders(Optional.of(folder.resolve("none")), folder);
        assertThat(DatasetFolders.findings(wrong).get(1).text()).endsWith("none: there is no such folder");
    }

    @Test
    void every_published_dataset_has_a_manifest() {
        assertThat(DatasetFolders.PUBLISHED)
                .allMatch(name -> getClass().getResource("/dev/quire/datasets/" + name + "/manifest.json") != null);
    }

    @Test
    void libtorch_of_ones_own_says_its_version() throws IOException {
        Path lib = Files.createDirectories(folder.resolve("torch/lib"));
        Map<String, String> environment = Map.of("PYTORCH_LIBRARY_PATH", lib.toString());
        assertThat(Libtorch.onClassPath(environment).version()).isEqualTo("of unknown version");
        Files.writeString(
                folder.resolve("torch/version.py"),
                "from typing import Optional\n__version__ = '2.7.1+cu128'\ndebug = False\n");
        assertThat(Libtorch.onClassPath(environment)).hasToString("2.7.1+cu128 (PYTORCH_LIBRARY_PATH=" + lib + ")");
    }
}
