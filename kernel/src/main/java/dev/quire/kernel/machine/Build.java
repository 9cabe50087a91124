package dev.quire.kernel.machine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** What the build wrote down about itself. */
public final class Build {
    private static final Properties PROPERTIES = read();

    private Build() {}

    /** The version of Quire. */
    public static String version() {
        return PROPERTIES.getProperty("version").replace("-SNAPSHOT", "");
    }

    /** The version of libtorch that Quire is made for. */
    static String libtorch() {
        return PROPERTIES.getProperty("libtorch");
    }

    private static Properties read() {
        Properties properties = new Properties();
        try (InputStream in = Build.class.getResourceAsStream("/dev/quire/kernel/quire.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }
}
