package dev.quire.model.json;

import static dev.quire.Quire.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.QuireException;
import dev.quire.graph.DType;
import dev.quire.model.Layer;
import dev.quire.model.Pretrained;
import dev.quire.model.Unary;
import dev.quire.model.Wire;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ModelJsonTest {
    static Layer twoInputs() {
        Wire image = input(3, 8, 8);
        Wire note = input(DType.INT64, 4);
        Layer tower = shared("tower", flatten(), dense(4));
        Wire seen = tower.on(conv(3, 3, same()).on(image));
        Wire both = concat(seen, tower.on(image), flatten().on(embedding(10, 2).on(note)));
        return model(inputs(note, image), dense(10).on(both), seen);
    }

    static Stream<Layer> networks() {
        Stream<Layer> functions =
                Stream.of(dev.quire.model.Activation.Function.values()).map(dev.quire.model.Activation::new);
        return Stream.concat(
                functions,
                Stream.of(
                        sequential(dense(3), dense(3, noBias())),
                        sequential(),
                        block("head", flatten(), dense(2)),
                        conv(4, 3),
                        conv(4, 3, 5, stride(2, 1), padding(1, 2), dilation(2), groups(2), noBias()),
                        conv(4, 2, same(), stride(2)),
                        conv1d(4, 3, padding(1)),
                        depthwiseConv(3, multiplier(2), same()),
                        depthwiseConv1d(3, noBias()),
                        separableConv(8, 3, same()),
                        transposedConv(4, 3, stride(2), padding(1), outputPadding(1)),
                        transposedConv1d(4, 3, stride(2), same(), groups(2), noBias()),
                        maxPool(2),
                        maxPool(3, stride(2), padding(1), ceil()),
                        maxPool(3, stride(1), same()),
                        averagePool(2),
                        maxPool1d(2),
                        averagePool1d(4, stride(2)),
                        adaptiveAveragePool(1),
                        adaptiveMaxPool(2, 3),
                        adaptiveAveragePool1d(2),
                        globalAveragePool(),
                        globalMaxPool(),
                        batchNorm(),
                        batchNorm(0.01, 1e-3),
                        layerNorm(),
                        layerNorm(2, 1e-6),
                        groupNorm(4),
                        groupNorm(4, 1e-6),
                        dropout(0.2),
                        leakyRelu(),
                        leakyRelu(0.2),
                        elu(),
                        elu(0.5),
                        celu(),
                        celu(0.5),
                        softplus(),
                        softplus(2, 10),
                        softmax(),
                        softmax(1),
                        logSoftmax(),
                        logSoftmax(1),
                        prelu(),
                        prelu(perChannel()),
                        flatten(),
                        reshape(1, -1),
                        upsample(2),
                        upsample(3, bilinear()),
                        embedding(10, 4),
                        positionalEmbedding(16),
                        lstm(4),
                        lstm(4, layers(2), bidirectional(), lastState(), dropout(0.1)),
                        gru(4),
                        selfAttention(2),
                        masking(0, embedding(8, 4), selfAttention(2)),
                        masking(3, selfAttention(1)),
                        selfAttention(2, causal(), dropout(0.1), noBias()),
                        transformerEncoder(2),
                        transformerEncoder(2, hidden(16), gelu(), preNorm(), dropout(0)),
                        transformerDecoder(2),
                        transformerDecoder(2, hidden(16), relu(), postNorm(), dropout(0.2)),
                        permute(2, 3, 1),
                        select(1, 0),
                        classToken(),
                        layerScale(),
                        layerScale(0.1),
                        unembedding("table", 10),
                        normalStart(0.02, dense(2)),
                        new Pretrained("folder", "0".repeat(64), "resnet", Pretrained.Use.BACKBONE, dense(2)),
                        residual(conv(4, 3, same()), relu()),
                        add(dense(2), identity()),
                        multiply(dense(2), sigmoid()),
                        concat(conv(2, 1), conv(2, 3, same())),
                        concat(-1, gru(2), lstm(2)),
                        shared("tower", dense(2)),
                        twoInputs()));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void what_was_written_is_read_as_an_equal_network(Layer layer) {
        String text = ModelJson.write(layer);
        assertThat(ModelJson.read(text)).isEqualTo(layer);
        assertThat(ModelJson.write(ModelJson.read(text))).isEqualTo(text);
    }

    @Test
    void every_type_of_layer_is_tried() {
        Set<String> tried = networks()
                .map(ModelJson::write)
                .flatMap(text -> Stream.of(text.split("\"type\" : \"")).skip(1))
                .map(rest -> rest.substring(0, rest.indexOf('"')))
                .collect(Collectors.toSet());
        assertThat(LayerType.ALL).extracting(LayerType::word).allMatch(tried::contains);
    }

    @Test
    void what_is_as_usual_is_left_out() {
        assertThat(ModelJson.write(sequential(conv(16, 3, stride(2)), relu(), maxPool(2), dense(10))))
                .isEqualTo("""
                        {
                          "version" : 1,
                          "type" : "sequential",
                          "layers" : [ {
                            "type" : "conv",
                            "filters" : 16,
                            "kernel" : [ 3, 3 ],
                            "stride" : [ 2, 2 ]
                          }, {
                            "type" : "relu"
                          }, {
                            "type" : "maxPool",
                            "kernel" : [ 2, 2 ]
                          }, {
                            "type" : "dense",
                            "units" : 10
                          } ]
                        }
                        """);
    }

    @Test
    void a_layer_of_ones_own_is_written_by_name_and_found_by_whoever_reads() {
        Layer swish = layer("swish", x -> x.mul(x.sigmoid()));
        String text = ModelJson.write(sequential(dense(2), swish));
        assertThat(ModelJson.read(text, name -> name.equals("swish") ? Optional.of(swish) : Optional.empty()))
                .isEqualTo(sequential(dense(2), swish));
        assertThatThrownBy(() -> ModelJson.read(text))
                .isInstanceOf(QuireException.class)
                .hasMessage("layers[1]: \"swish\" is a layer of one's own, and a file holds only its name: say which it"
                        + " is when reading, as in ModelJson.read(text, name -> Optional.of(layer(name, x -> …)))");
        record Mine() implements Unary {
            @Override
            public dev.quire.graph.Tensor forward(dev.quire.graph.Scope scope, dev.quire.graph.Tensor input) {
                return input;
            }
        }
        assertThatThrownBy(() -> ModelJson.write(sequential(new Mine())))
                .hasMessageStartingWith("layers[0]: a Mine cannot be written, it is a class of your own");
    }

    private static void refused(String json, String message) {
        assertThatThrownBy(() -> ModelJson.read(json))
                .isInstanceOf(QuireException.class)
                .hasMessage(message);
    }

    private static String in(String layer) {
        return "{\"version\": 1, \"type\": \"sequential\", \"layers\": [{\"type\": \"relu\"}, " + layer + "]}";
    }

    @Test
    void what_is_no_network_is_refused_with_its_place() {
        refused(
                in("{\"type\": \"cnov\", \"filters\": 3}"),
                "layers[1]: there is no layer of type 'cnov': did you mean 'conv'?");
        refused(
                in("{\"type\": \"conv\", \"filter\": 3}"),
                "the network has 2 problems\nlayers[1]: conv has no parameter 'filter': did you mean 'filters'?\n"
                        + "layers[1]: conv: 'kernel' is missing: add \"kernel\"");
        refused(
                in("{\"type\": \"relu\", \"x\": 3}"),
                "layers[1]: relu has no parameter 'x': it has none: leave it out");
        refused(in("{\"type\": \"dense\"}"), "layers[1]: dense: 'units' is missing: add \"units\"");
        refused(
                in("{\"type\": \"dense\", \"units\": \"ten\"}"),
                "layers[1]: dense: units is \"ten\": it must be a whole number");
        refused(
                in("{\"type\": \"dense\", \"units\": 2.5}"),
                "layers[1]: dense: units is 2.5: it must be a whole number");
        refused(in("{\"type\": \"dense\", \"units\": 0}"), "layers[1]: dense: units is 0: it must be at least 1");
        refused(in("{\"type\": 3}"), "layers[1]: the type is 3: it must be a text such as \"dense\"");
        refused(in("7"), "layers[1]: expected a layer, got 7: write {\"type\" : \"relu\"}");
        refused(
                in("{\"type\": \"transformerEncoder\", \"heads\": 2, \"activation\": {\"type\": \"flatten\"}}"),
                "layers[1]: transformerEncoder: activation is {\"type\":\"flatten\"}: it must be an activation such as"
                        + " {\"type\" : \"relu\"}");
        refused(
                "{\"version\": 1, \"type\": \"join\", \"kind\": \"plus\"}",
                "the network: join: kind is 'plus': it must be one of 'add', 'multiply', 'concat'");
        refused("{\"type\": \"relu\"}", "the network's version is missing: this Quire reads version 1");
        refused("{\"version\": 2}", "the network's version is 2: this Quire reads version 1");
        refused("[]", "expected a network such as {\"version\" : 1, \"type\" : \"sequential\", …}, got []");
    }

    @Test
    void what_is_no_json_is_refused_with_line_and_column() {
        assertThatThrownBy(() -> ModelJson.read("{\"version\": 1,\n oops}"))
                .isInstanceOf(QuireException.class)
                .hasMessageStartingWith("this is no JSON in line 2, column ");
        assertThatThrownBy(() -> ModelJson.read("{\"version\": 1, \"version\": 1}"))
                .hasMessageContaining("Duplicate field 'version'");
        assertThatThrownBy(() -> ModelJson.read("{\"version\": 1, \"type\": \"relu\"} x"))
                .hasMessageStartingWith("this is no JSON in line 1");
        assertThatThrownBy(() -> ModelJson.read("")).hasMessageContaining("got nothing");
    }

    @Test
    void layers_nested_too_deep_are_refused() {
        Layer deep = dense(1);
        for (int i = 0; i < 150; i++) {
            deep = residual(deep);
        }
        Layer network = deep;
        assertThatThrownBy(() -> ModelJson.write(network))
                .isInstanceOf(QuireException.class)
                .hasMessageContaining("layers are nested more than 100 deep at body[0].body[0]");
        String text = "{\"version\": 1, \"type\": \"residual\", \"body\": ["
                + String.join("", Collections.nCopies(120, "{\"type\": \"residual\", \"body\": ["))
                + "{\"type\": \"relu\"}"
                + "]}".repeat(121);
        assertThatThrownBy(() -> ModelJson.read(text)).hasMessageContaining("layers are nested more than 100 deep");
        assertThatThrownBy(() -> ModelJson.read("[".repeat(5000)))
                .isInstanceOf(QuireException.class)
                .hasMessage("the JSON is nested more than 1000 deep: put layers side by side");
    }

    @Test
    void steps_of_a_model_that_do_not_fit_are_refused() {
        refused(
                "{\"version\": 1, \"type\": \"model\", \"inputs\": [{\"dtype\": \"float32\", \"shape\": [4]}],"
                        + " \"steps\": [{\"layer\": {\"type\": \"relu\"}, \"from\": [1]}], \"outputs\": [1]}",
                "the network: model: step 0 is given value 1, expected one of 0 to 0: inputs come first, then steps in"
                        + " order");
        assertThat(List.of(ModelJson.read(ModelJson.write(twoInputs())))).hasSize(1);
    }
}
