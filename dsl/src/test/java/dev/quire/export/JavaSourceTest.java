package dev.quire.export;

import static dev.quire.Quire.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.QuireException;
import dev.quire.data.Dataset;
import dev.quire.metric.Goal;
import dev.quire.model.Layer;
import dev.quire.model.RandomNetworks;
import dev.quire.model.RandomNetworks.Sample;
import dev.quire.source.JavaSource;
import dev.quire.train.Option;
import dev.quire.train.Plan;
import dev.quire.train.Schedule;
import dev.quire.train.TrainingSpec;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaSourceTest {
    private static final Dataset DIGITS = digits();

    @TempDir
    Path place;

    /** Compiles all at once, each in a package of its own, as the compiler is slow to start. */
    private List<Class<?>> compile(List<String> sources) throws Exception {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            Path folder = Files.createDirectory(place.resolve("p" + i));
            files.add(Files.writeString(folder.resolve("Model.java"), "package p" + i + ";\n" + sources.get(i)));
        }
        StringWriter said = new StringWriter();
        boolean isGood = compiler.getTask(
                        said,
                        null,
                        null,
                        List.of("-d", place.toString(), "-proc:none", "-cp", System.getProperty("java.class.path")),
                        null,
                        compiler.getStandardFileManager(null, null, null)
                                .getJavaFileObjects(files.toArray(Path[]::new)))
                .call();
        assertThat(isGood).as(said.toString()).isTrue();
        URLClassLoader loader =
                new URLClassLoader(new URL[] {place.toUri().toURL()}, JavaSourceTest.class.getClassLoader());
        List<Class<?>> out = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            out.add(loader.loadClass("p" + i + ".Model"));
        }
        return out;
    }

    private static Object call(Class<?> model, String method) throws Exception {
        Method found = model.getDeclaredMethod(method);
        found.setAccessible(true);
        return found.invoke(null);
    }

    @Test
    void random_networks_are_rebuilt_as_they_were() throws Exception {
        List<Sample> samples = RandomNetworks.first(60);
        List<String> sources = new ArrayList<>();
        samples.forEach(sample -> sources.add(JavaSource.network(sample.network())));
        List<Class<?>> models = compile(sources);
        for (int i = 0; i < models.size(); i++) {
            assertThat(call(models.get(i), "network"))
                    .as(sources.get(i))
                    .isEqualTo(samples.get(i).network());
        }
    }

    @Test
    void network_data_and_options_are_rebuilt_as_they_were() throws Exception {
        Layer net = sequential(block("body", flatten(), dense(8), relu()), dense(10));
        Option[] options = {
            epochs(2),
            batch(16),
            sgd(0.1, momentum(0.9)),
            new Schedule(new Schedule.Cosine(0.1), 0.05),
            labelSmoothing(0.1),
            clip(1),
            ema(0.9),
            rate("body", 0.5),
            freeze("1.bias"),
            earlyStop(3),
            best("accuracy", Goal.MAX),
            mixup(0.2),
            decayMatrices(),
            accumulate(2),
            seed(12345678901L)
        };
        Plan plan = Plan.of(net, DIGITS.normalize(0.3, 0.4).augment(shift(1)), TrainingSpec.of(List.of(options)));
        String source = JavaSource.training("digits-v1", plan);
        Class<?> model = compile(List.of(source)).get(0);
        assertThat(call(model, "network")).isEqualTo(net);
        assertThat(TrainingSpec.of(List.of((Option[]) call(model, "options")))).isEqualTo(plan.spec());
        assertThat(call(model, "data")).isEqualTo(plan.data());
        assertThat(source).contains("class Model", "return dataset(\"digits\").normalize(List.of(0.3), List.of(0.4))");
    }

    @Test
    void a_layer_of_ones_own_is_refused_with_what_keeps_it() {
        assertThatThrownBy(() -> JavaSource.network(sequential(dense(2), layer("twice", x -> x.mul(2)))))
                .isInstanceOf(QuireException.class)
                .hasMessage("export: layer(\"twice\") is a layer of your own, whose Java is in your cells:"
                        + " record(\"run.zip\") keeps the cells, .py and .pt print its ops");
    }
}
