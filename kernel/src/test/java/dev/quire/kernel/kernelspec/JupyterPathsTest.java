package dev.quire.kernel.kernelspec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JupyterPathsTest {
    private static final Path HOME = Path.of("/home/ada");

    @TempDir
    Path folder;

    @Test
    void each_system_has_a_place_of_its_own() {
        assertThat(user("Linux", Map.of())).isEqualTo(Path.of("/home/ada/.local/share/jupyter/kernels"));
        assertThat(user("Mac OS X", Map.of())).isEqualTo(Path.of("/home/ada/Library/Jupyter/kernels"));
        assertThat(user("Windows 11", Map.of("APPDATA", "/roaming"))).isEqualTo(Path.of("/roaming/jupyter/kernels"));
        assertThat(user("Windows 11", Map.of())).isEqualTo(Path.of("/home/ada/.jupyter/data/kernels"));
    }

    @Test
    void variables_move_it() {
        assertThat(user("Linux", Map.of("XDG_DATA_HOME", "/data"))).isEqualTo(Path.of("/data/jupyter/kernels"));
        assertThat(user("Linux", Map.of("XDG_DATA_HOME", "/data", "JUPYTER_DATA_DIR", "/jupyter")))
                .isEqualTo(Path.of("/jupyter/kernels"));
        assertThat(user("Mac OS X", Map.of("JUPYTER_DATA_DIR", "/jupyter"))).isEqualTo(Path.of("/jupyter/kernels"));
    }

    @Test
    void the_active_environment_comes_before_the_one_of_jupyter_on_the_path() throws IOException {
        Path bin = Files.createDirectories(folder.resolve("python/bin"));
        assertThat(paths(Map.of("PATH", bin.toString())).jupyter()).isEmpty();
        Path jupyter = Files.createFile(bin.resolve("jupyter"));
        assertThat(jupyter.toFile().setExecutable(true)).isTrue();
        JupyterPaths onPath = paths(Map.of("PATH", "/nowhere:" + bin));
        assertThat(onPath.jupyter()).contains(jupyter);
        assertThat(onPath.environmentPrefix()).contains(folder.resolve("python"));
        assertThat(paths(Map.of("PATH", bin.toString(), "VIRTUAL_ENV", "/env")).environmentPrefix())
                .contains(Path.of("/env"));
        assertThat(paths(Map.of()).environmentPrefix()).isEmpty();
    }

    @Test
    void kernels_are_looked_for_where_jupyter_looks() {
        assertThat(paths(Map.of("JUPYTER_PATH", "/one:/two", "VIRTUAL_ENV", "/env"))
                        .all())
                .extracting(KernelFolder::path)
                .containsExactly(
                        Path.of("/one/kernels"),
                        Path.of("/two/kernels"),
                        Path.of("/home/ada/.local/share/jupyter/kernels"),
                        Path.of("/env/share/jupyter/kernels"),
                        Path.of("/usr/local/share/jupyter/kernels"),
                        Path.of("/usr/share/jupyter/kernels"));
    }

    private static Path user(String system, Map<String, String> environment) {
        return new JupyterPaths(environment, system, HOME).user().path();
    }

    private static JupyterPaths paths(Map<String, String> environment) {
        return new JupyterPaths(environment, "Linux", HOME);
    }
}
