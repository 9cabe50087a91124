package dev.quire.train.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.QuireException;
import dev.quire.graph.Tensor;
import dev.quire.metric.Goal;
import dev.quire.train.Best;
import dev.quire.train.EarlyStop;
import dev.quire.train.GradientRule;
import dev.quire.train.Limits;
import dev.quire.train.Loss;
import dev.quire.train.Monitor;
import dev.quire.train.Optimizer;
import dev.quire.train.ParameterRule;
import dev.quire.train.SamplingRule;
import dev.quire.train.Schedule;
import dev.quire.train.TrainingSpec;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SpecJsonTest {
    static Stream<TrainingSpec> specs() {
        return Stream.of(
                TrainingSpec.DEFAULT,
                TrainingSpec.DEFAULT
                        .epochs(12)
                        .batch(7)
                        .seed(-5_000_000_000L)
                        .optimizer(new Optimizer.RmsProp(0.01, 0.9, 1e-7, 1e-4, 0.5, true))
                        .schedule(new Schedule(new Schedule.OneCycle(3e-3, 0.2, 10, 100), 0.05))
                        .loss(new Loss.CrossEntropy(0.1, List.of(1.0, 2.5), 3))
                        .gradient(GradientRule.NONE.clip(0.1).clipValue(2).accumulate(7))
                        .parameters(ParameterRule.NONE
                                .decay(ParameterRule.Decay.MATRICES)
                                .undecayed(List.of("*.bias"))
                                .freeze(List.of("0"))
                                .rate("7", 10))
                        .sampling(SamplingRule.NONE.inBalance().mixing(SamplingRule.Kind.CUTMIX, 1))
                        .average(0.99)
                        .precision(TrainingSpec.Precision.BFLOAT16)
                        .monitor(Monitor.NONE
                                .metrics(List.of("f1", "auroc"))
                                .every(2)
                                .earlyStop(new EarlyStop(4, "val_accuracy"))
                                .best(new Best("mae", Goal.MIN)))
                        .limits(Limits.NONE.batches(10).seconds(2.5)),
                TrainingSpec.DEFAULT
                        .optimizer(new Optimizer.Sgd(0.1, 0.9, true, 0))
                        .loss(new Loss.Huber(0.3)),
                TrainingSpec.DEFAULT.optimizer(new Optimizer.Adadelta(1, 0.8, 1e-5, 0)));
    }

    @ParameterizedTest
    @MethodSource("specs")
    void what_was_written_is_read(TrainingSpec spec) {
        assertThat(SpecJson.read(SpecJson.write(spec))).isEqualTo(spec);
        assertThat(SpecJson.readYaml(SpecJson.writeYaml(spec))).isEqualTo(spec);
    }

    @Test
    void what_is_left_out_is_as_usual() {
        assertThat(SpecJson.read("{}")).isEqualTo(TrainingSpec.DEFAULT);
        assertThat(SpecJson.readYaml("epochs: 9\noptimizer:\n  type: adam\n  learningRate: 1e-2\n"))
                .isEqualTo(
                        TrainingSpec.DEFAULT.epochs(9).optimizer(new Optimizer.Adam(0.01, 0.9, 0.999, 1e-8, 0, false)));
    }

    @Test
    void a_loss_of_ones_own_is_known_by_its_name() {
        Loss own = new Loss.Custom("focal", Tensor::sub);
        String text = SpecJson.write(TrainingSpec.DEFAULT.loss(own));
        assertThat(SpecJson.read(text, name -> name.equals("focal") ? Optional.of(own) : Optional.empty())
                        .loss())
                .contains(own);
        assertThatThrownBy(() -> SpecJson.read(text))
                .isInstanceOf(QuireException.class)
                .hasMessage("loss: \"focal\" is a loss of one's own, and a file holds only its name: say which it is"
                        + " when reading");
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void a_mistake_is_named_with_its_place(String text, String message) {
        assertThatThrownBy(() -> SpecJson.read(text))
                .isInstanceOf(QuireException.class)
                .hasMessage(message);
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of("{\"epoch\" : 3}", "epoch: there is no such key, did you mean 'epochs'?"),
                Arguments.of(
                        "{\"optimizer\" : {\"type\" : \"adamw\", \"learningRate\" : 1}}",
                        "optimizer.type: there is no 'adamw', did you mean 'adamW', 'adam'?"),
                Arguments.of(
                        "{\"optimizer\" : {\"type\" : \"sgd\", \"lr\" : 1}}",
                        "optimizer.lr: there is no such key; there are 'learningRate', 'momentum', 'nesterov',"
                                + " 'weightDecay'"),
                Arguments.of("{\"batch\" : \"many\"}", "batch: expected a whole number, got \"many\""),
                Arguments.of("{\"batch\" : 0}", "batch must be at least 1, got 0"),
                Arguments.of(
                        "{\"gradient\" : {\"clip\" : -1}}", "gradient: clip: the norm must be more than 0, got -1.0"),
                Arguments.of(
                        "{\"precision\" : \"half\"}", "precision: expected one of float32, bfloat16, got \"half\""),
                Arguments.of("{\"version\" : 2}", "the specification's version is 2, this Quire reads version 1"),
                Arguments.of("[]", "expected a specification such as {\"epochs\" : 3}, got []"));
    }

    @Test
    void a_text_that_is_neither_is_refused_with_its_place() {
        assertThatThrownBy(() -> SpecJson.read("{\n\"epochs\" 3}"))
                .isInstanceOf(QuireException.class)
                .hasMessageStartingWith("this is no JSON in line 2, column ");
        assertThatThrownBy(() -> SpecJson.readYaml("epochs: [3"))
                .isInstanceOf(QuireException.class)
                .hasMessageStartingWith("this is no YAML in line ");
    }
}
