package dev.quire.model.json;

import static dev.quire.Quire.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.QuireException;
import dev.quire.graph.DType;
import dev.quire.graph.Shape;
import dev.quire.graph.TensorType;
import dev.quire.model.Architecture;
import dev.quire.model.Functional;
import dev.quire.model.Layer;
import dev.quire.model.RandomNetworks;
import dev.quire.model.Wire;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworksTest {
    private static final TensorType ROW = new TensorType(DType.FLOAT32, Shape.of(8));

    private static String chain(String... nodes) {
        StringBuilder edges = new StringBuilder();
        for (int i = 1; i < nodes.length; i++) {
            edges.append(i == 1 ? "" : ",").append("{\"source\":\"n%d\",\"target\":\"n%d\"}".formatted(i - 1, i));
        }
        StringBuilder list = new StringBuilder();
        for (int i = 0; i < nodes.length; i++) {
            String[] parts = nodes[i].split(" ", 2);
            list.append(i == 0 ? "" : ",")
                    .append("{\"id\":\"n%d\",\"type\":\"%s\",\"params\":{%s}}"
                            .formatted(i, parts[0], parts.length == 1 ? "" : parts[1].replace('\'', '"')));
        }
        return "{\"nodes\":[" + list + "],\"edges\":[" + edges + "]}";
    }

    @Test
    void every_network_is_the_same_after_a_trip_through_its_graph() {
        for (RandomNetworks.Sample sample : RandomNetworks.first(400)) {
            String text = Networks.graph(sample.network(), sample.inputs());
            assertThat(Networks.validate(text)).as("%s\n%s", sample, text).isEmpty();
            DescribedNetwork read = Networks.read(text);
            assertThat(read.layer()).as("%s", sample).isEqualTo(sample.network());
            assertThat(read.inputs()).isEqualTo(sample.inputs());
            assertThat(read.outputs()).isEqualTo(sample.architecture().outputs());
            assertThat(read.remarks()).isEmpty();
            assertThat(Networks.graph(read.layer(), read.inputs())).isEqualTo(text);
        }
    }

    @Test
    void every_network_in_nested_layers_is_read_too() {
        for (RandomNetworks.Sample sample : RandomNetworks.first(100)) {
            String text = ModelJson.write(sample.network());
            assertThat(Networks.validate(text)).as("%s", sample).isEmpty();
            assertThat(Networks.read(text).layer()).isEqualTo(sample.network());
        }
    }

    @Test
    void a_layer_alone_an_empty_chain_and_a_chain_in_the_functional_form_stay_what_they_are() {
        Wire x = input(8);
        Wire two = model(dense(2).on(x), dense(3).on(x)).on(input(8));
        for (Layer network : List.of(
                dense(3),
                sequential(),
                sequential(dense(3)),
                block("head", dense(3), relu()),
                residual(dense(8), relu()),
                sequential(sequential(dense(3), sequential(relu()))),
                concat(dense(2), sequential(dense(3), relu())),
                model(dense(2).on(x)),
                model(x),
                model(concat(x, x, x)),
                model(concat(x)),
                model(x, relu().on(x), x),
                model(two.output(1), two))) {
            String text = Networks.graph(network, List.of(ROW));
            assertThat(Networks.read(text).layer()).as(text).isEqualTo(network);
        }
    }

    @Test
    void layers_with_several_inputs_and_outputs_follow_one_another() {
        Wire a = input(8);
        Wire b = input(8);
        Layer split = model(inputs(a, b), add(a, b), multiply(a, b));
        Layer network = sequential(split, concat(identity(), relu()));
        Layer joined = sequential(split, new dev.quire.model.Join(dev.quire.model.Join.Kind.CONCAT, 1), dense(2));
        List<TensorType> two = List.of(ROW, ROW);
        assertThat(Networks.read(Networks.graph(joined, two)).layer()).isEqualTo(joined);
        assertThat(Networks.read(Networks.graph(sequential(split), two)).outputs())
                .hasSize(2);
        assertThatThrownBy(() -> Networks.graph(network, two)).isInstanceOf(QuireException.class);
    }

    @Test
    void a_part_that_goes_nowhere_has_no_place_in_a_graph() {
        Wire seen = input(8);
        Wire unseen = input(4);
        Functional network = model(inputs(seen, unseen), dense(2).on(seen));
        assertThatThrownBy(() -> Networks.graph(network))
                .isInstanceOf(QuireException.class)
                .hasMessage("input 1 of the network goes nowhere, and a graph has no such node: take it out, or use"
                        + " ModelJson.write(network)");
        assertThat(Networks.read(ModelJson.write(network)).layer()).isEqualTo(network);
    }

    @Test
    void a_graph_says_what_a_person_would_write() {
        Wire x = input(4);
        assertThat(Networks.graph(model(add(x, dense(4).on(relu().on(x)))))).isEqualTo("""
                        {
                          "version" : 1,
                          "nodes" : [ {
                            "id" : "input",
                            "type" : "input",
                            "params" : {
                              "shape" : [ 4 ]
                            }
                          }, {
                            "id" : "relu0",
                            "type" : "relu",
                            "params" : { }
                          }, {
                            "id" : "dense1",
                            "type" : "dense",
                            "params" : {
                              "units" : 4
                            }
                          }, {
                            "id" : "add2",
                            "type" : "add",
                            "params" : { }
                          }, {
                            "id" : "output",
                            "type" : "output"
                          } ],
                          "edges" : [ {
                            "source" : "input",
                            "target" : "relu0"
                          }, {
                            "source" : "relu0",
                            "target" : "dense1"
                          }, {
                            "source" : "input",
                            "target" : "add2"
                          }, {
                            "source" : "dense1",
                            "target" : "add2"
                          }, {
                            "source" : "add2",
                            "target" : "output"
                          } ]
                        }
                        """);
    }

    @Test
    void what_a_visual_editor_sends_is_read_as_it_is() {
        DescribedNetwork read = Networks.read("""
                {"nodes":[
                  {"id":"1","type":"Input","params":{"shape":[1,28,28]},"position":{"x":0,"y":4}},
                  {"id":"2","type":"Flatten","params":{}},
                  {"id":"3","type":"Dense","params":{"units":128,"activation":"ReLU"}},
                  {"id":"4","type":"Dropout","params":{"rate":0.2}},
                  {"id":"5","type":"Output","params":{"classes":10,"activation":"softmax"}}],
                 "edges":[{"id":"e1","source":"1","target":"2","sourceHandle":null},{"source":"2","target":"3"},
                  {"source":"3","target":"4"},{"source":"4","target":"5"}],
                 "viewport":{"zoom":1}}
                """);
        assertThat(read.layer()).isEqualTo(sequential(flatten(), dense(128), relu(), dropout(0.2), dense(10)));
        assertThat(read.inputs()).containsExactly(new TensorType(DType.FLOAT32, Shape.of(1, 28, 28)));
        assertThat(read.outputs()).containsExactly(new TensorType(DType.FLOAT32, Shape.of(10)));
        assertThat(read.remarks()).containsExactly("the softmax() of '5' at the end is left out: losses take logits");
    }

    @Test
    void others_spellings_of_types_and_parameters_are_known() {
        assertThat(Networks.read(chain(
                                "Input 'shape': [null, 28, 28, 1]",
                                "Conv2D 'filters': 8, 'kernel_size': 3, 'padding': 'same', 'strides': 2,"
                                        + " 'activation': 'relu', 'in_channels': 1",
                                "BatchNormalization 'epsilon': 0.001",
                                "MaxPooling2D 'pool_size': [2, 2]",
                                "Conv2d 'out_channels': 4, 'kernel_size': [3, 1], 'use_bias': false, 'padding': 'valid'",
                                "LeakyReLU 'negative_slope': 0.2",
                                "GlobalAveragePooling2D",
                                "Linear 'in_features': 4, 'out_features': 16.0, 'name': 'first'",
                                "Activation 'activation': 'Tanh'",
                                "Dense 'neurons': 3, 'activation': 'none'",
                                "Dropout 'p': 0.5",
                                "Activation 'activation': 'softmax'",
                                "Output"))
                        .layer())
                .isEqualTo(sequential(
                        conv(8, 3, same(), stride(2)),
                        relu(),
                        batchNorm(0.1, 0.001),
                        maxPool(2),
                        conv(4, 3, 1, noBias()),
                        leakyRelu(0.2),
                        globalAveragePool(),
                        dense(16),
                        tanh(),
                        dense(3),
                        dropout(0.5)));
        assertThat(Networks.read(chain(
                                "input 'shape': 12",
                                "Embedding 'vocab_size': 20, 'embedding_dim': 8",
                                "Conv1D 'filters': 4, 'kernel_size': 3",
                                "LSTM 'hidden_size': 6, 'num_layers': 2, 'lastState': true",
                                "Output 'units': 2"))
                        .layer())
                .isEqualTo(sequential(embedding(20, 8), conv1d(4, 3), lstm(6, layers(2), lastState()), dense(2)));
    }

    /** Quire's own words mean what they say; and a softmax that is not the end is nobody's but the author's. */
    @Test
    void a_softmax_is_left_out_at_the_end_alone_and_in_others_words_alone() {
        assertThat(Networks.read(chain("input 'shape': [8]", "dense 'units': 3", "softmax", "output"))
                        .layer())
                .isEqualTo(sequential(dense(3), softmax()));
        assertThat(Networks.read(chain(
                                "Input 'shape': [8]",
                                "Dense 'units': 3, 'activation': 'softmax'",
                                "Dense 'units': 2, 'activation': 'softmax'",
                                "Output"))
                        .layer())
                .isEqualTo(sequential(dense(3), softmax(), dense(2)));
        String sigmoid = chain("Input 'shape': [64]", "Dense 'units': 10, 'activation': 'sigmoid'", "Output");
        assertThat(Networks.read(sigmoid).layer()).isEqualTo(sequential(dense(10), sigmoid()));
        DescribedNetwork classifier = Networks.read(sigmoid, digits());
        assertThat(classifier.layer()).isEqualTo(sequential(reshape(64), dense(10)));
        assertThat(classifier.remarks())
                .containsExactly(
                        "the sigmoid() of 'n1' at the end is left out: losses take logits",
                        "what digits gives, 1x8x8, is reshaped to the 64 of 'n0'");
    }

    @Test
    void branches_joins_and_residual_ways_have_the_functional_form() {
        String text = """
                {"nodes":[
                  {"id":"in","type":"Input","params":{"shape":[8]}},
                  {"id":"a","type":"Dense","params":{"units":8,"activation":"relu"}},
                  {"id":"sum","type":"Add"},
                  {"id":"both","type":"Concatenate"},
                  {"id":"out","type":"Output","params":{"units":4}},
                  {"id":"aux","type":"Output"}],
                 "edges":[{"source":"in","target":"a"},{"source":"a","target":"sum"},{"source":"in","target":"sum"},
                  {"source":"in","target":"both","targetInput":1},{"source":"sum","target":"both","targetInput":0},
                  {"source":"both","target":"out"},{"source":"a","target":"aux"}]}
                """;
        Wire in = input(8);
        Wire a = relu().on(dense(8).on(in));
        assertThat(Networks.read(text).layer()).isEqualTo(model(dense(4).on(concat(add(a, in), in)), a));
    }

    @Test
    void a_plain_list_gets_the_layer_that_is_implied() {
        String text = """
                {"name":"m","input_shape":[28,28],"output_shape":10,"layers":[{"layer_type":"Flatten"},
                 {"layer_type":"Linear","size":512},{"layer_type":"Activation","activation":"ReLU"}%s]}
                """;
        DescribedNetwork read = Networks.read(text.formatted(""));
        assertThat(read.name()).isEqualTo("m");
        assertThat(read.layer()).isEqualTo(sequential(flatten(), dense(512), relu(), dense(10)));
        assertThat(read.outputs()).containsExactly(new TensorType(DType.FLOAT32, Shape.of(10)));
        assertThat(Networks.read(text.formatted(", {\"layer_type\":\"Linear\",\"size\":10}"))
                        .layer())
                .isEqualTo(read.layer());
        assertThat(Networks.validate("{\"input_shape\":[28,28],\"output_shape\":10,\"layers\":[]}"))
                .extracting(Problem::toString)
                .containsExactly("output: gives 28x10, the output's shape is said to be 10: put flatten() before the"
                        + " dense layers, or change the shape");
    }

    @Test
    void a_network_is_put_on_what_a_dataset_gives() {
        String text = "{\"input_shape\":[8,8],\"output_shape\":10,\"layers\":[{\"layer_type\":\"Flatten\"}]}";
        DescribedNetwork read = Networks.read(text, digits());
        assertThat(read.layer()).isEqualTo(sequential(reshape(8, 8), flatten(), dense(10)));
        assertThat(Architecture.of(read.layer(), Architecture.inputs(digits())).outputShape())
                .isEqualTo(Shape.of(10));
        assertThat(Networks.read(chain("Input", "Flatten", "Output 'units': 10"), digits())
                        .inputs())
                .isEqualTo(Architecture.inputs(digits()));
    }

    @Test
    void a_cell_reads_a_file_and_says_what_is_wrong_with_it(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(
                folder.resolve("net.json"), Networks.graph(model(dense(10).on(input(64)))));
        assertThat(network(file.toString())).isEqualTo(model(dense(10).on(input(64))));
        assertThat(network(file.toString(), digits()).summary(digits()).parameters())
                .isEqualTo(650);
        assertThat(validate(file.toString())).isEmpty();
        assertThat(validate(file.toString(), iris())).hasSize(2);
        assertThat(network("{\"version\":1,\"type\":\"relu\"}")).isEqualTo(relu());
        assertThatThrownBy(() -> network("nothere.json"))
                .isInstanceOf(QuireException.class)
                .hasMessageStartingWith("cannot read nothere.json: no such file, or it cannot be opened");
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertThatThrownBy(() -> validate(file.toString()))
                .hasMessage(file + " is no text, expected a network in JSON");
    }
}
