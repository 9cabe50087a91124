package dev.quire.kernel.kernelspec;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.QuireException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What Jupyter is told of the kernel, and starts.
 *
 * @param name the folder's name, and the word after {@code jupyter run --kernel}: a-z, 0-9, dot, dash and underscore
 * @param displayName what the launcher page of JupyterLab says
 * @param launcher the script {@code quire}, by its absolute path
 * @param javaHome the JDK that the kernel runs with
 * @param jvmArguments such as {@code -Xmx8g}
 */
public record KernelSpec(String name, String displayName, Path launcher, Path javaHome, List<String> jvmArguments) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9_-][a-z0-9._-]*");
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    public KernelSpec {
        jvmArguments = List.copyOf(jvmArguments);
        requireName(name);
        if (displayName.isBlank()) {
            throw new QuireException("the display name is blank: Jupyter shows it to choose a kernel by");
        }
        for (String argument : jvmArguments) {
            if (!argument.startsWith("-")) {
                throw new QuireException("--jvm-arg=" + argument + " is not an option of Java: one starts with a dash,"
                        + " as in --jvm-arg=-Xmx8g");
            }
        }
    }

    /**
     * Passes a name that Jupyter allows.
     *
     * @throws QuireException if it does not
     */
    static String requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new QuireException(
                    "\"" + name + "\" cannot be the name of a kernel: Jupyter allows a-z, 0-9, dot, dash"
                            + " and underscore, and no dot in front");
        }
        return name;
    }

    /** The text of {@code kernel.json}. */
    public String json() {
        ObjectNode json = JSON.createObjectNode();
        json.putArray("argv").add(launcher.toString()).add("kernel").add("start");
        jvmArguments.forEach(argument -> json.withArray("argv").add("--jvm-arg=" + argument));
        json.withArray("argv").add("{connection_file}");
        json.put("display_name", displayName);
        json.put("language", "java");
        json.put("interrupt_mode", "message");
        json.putObject("env").put("JAVA_HOME", javaHome.toString());
        json.putObject("metadata").putObject(InstalledKernel.MARK).put("launcher", launcher.toString());
        try {
            return JSON.writeValueAsString(json) + "\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
