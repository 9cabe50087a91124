package dev.quire.model.json;

import static dev.quire.Quire.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.QuireException;
import dev.quire.data.Dataset;
import dev.quire.model.Functional;
import dev.quire.model.Sequential;
import dev.quire.view.Display;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class NetworkProblemsTest {
    /** Nodes as {@code id type params} and edges as {@code a>b}; quotes are single ones. */
    private static String graph(List<String> nodes, String... edges) {
        String list = nodes.stream()
                .map(node -> {
                    String[] parts = node.split(" ", 3);
                    return "{\"id\":\"%s\",\"type\":\"%s\",\"params\":{%s}}"
                            .formatted(parts[0], parts[1], parts.length < 3 ? "" : parts[2].replace('\'', '"'));
                })
                .collect(Collectors.joining(","));
        String ends = List.of(edges).stream()
                .map(edge -> {
                    String[] parts = edge.split(">");
                    return "{\"source\":\"%s\",\"target\":\"%s\"}".formatted(parts[0], parts[1]);
                })
                .collect(Collectors.joining(","));
        return "{\"nodes\":[" + list + "],\"edges\":[" + ends + "]}";
    }

    private static void problems(String json, String... expected) {
        assertThat(Networks.validate(json)).extracting(Problem::toString).containsExactly(expected);
    }

    private static void layer(String node, String... expected) {
        problems(graph(List.of("in input 'shape':[8]", node, "out output"), "in>x", "x>out"), expected);
    }

    @Test
    void a_sound_graph_has_no_problem() {
        Problems none = Networks.validate(
                graph(List.of("in input 'shape':[8]", "x dense 'units':2", "out output"), "in>x", "x>out"));
        assertThat(none).isEmpty();
        assertThat(none).hasToString("no problems");
        assertThat(none.json()).isEqualTo("[]");
    }

    @Test
    void ten_different_faults_are_ten_problems() {
        String text = graph(
                List.of(
                        "in input 'shape':[8]",
                        "typo Denes 'units':4",
                        "unknown dense 'units':4,'colour':1",
                        "missing dropout",
                        "illtyped dense 'units':'four'",
                        "range dropout 'rate':1.5",
                        "twice dense 'units':4",
                        "twice dense 'units':4",
                        "alone relu",
                        "a dense 'units':4",
                        "b relu",
                        "flat conv 'filters':3,'kernel':3",
                        "two dense 'units':4",
                        "all concat",
                        "out output"),
                "in>typo",
                "in>unknown",
                "in>missing",
                "in>illtyped",
                "in>range",
                "in>twice",
                "a>b",
                "b>a",
                "in>flat",
                "in>two",
                "in>two",
                "in>nothere",
                "typo>all",
                "unknown>all",
                "missing>all",
                "illtyped>all",
                "range>all",
                "twice>all",
                "b>all",
                "flat>all",
                "two>all",
                "all>out");
        assertThat(Networks.validate(text))
                .extracting(Problem::kind, Problem::node)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(Problem.Kind.UNKNOWN_TYPE, "typo"),
                        org.assertj.core.groups.Tuple.tuple(Problem.Kind.UNKNOWN_PARAMETER, "unknown"),
                        org.assertj.core.groups.Tuple.tuple(Problem.Kind.MISSING_PARAMETER, "missing"),
                        org.assertj.core.groups.Tuple.tuple(Problem.Kind.BAD_PARAMETER, "illtyped"),
                        org.assertj.core.groups.Tuple.tuple(Problem.Kind.BAD_PARAMETER, "range"),
                        org.assertj.core.groups.Tuple.tuple(Problem.Kind.DUPLICATE_ID, "twice"),
                        org.assertj.core.groups.Tuple.tuple(Problem.Kind.UNCONNECTED, "alone"),
                        org.assertj.core.groups.Tuple.tuple(Problem.Kind.CYCLE, "a"),
                        org.assertj.core.groups.Tuple.tuple(Problem.Kind.SHAPE, "flat"),
                        org.assertj.core.groups.Tuple.tuple(Problem.Kind.INPUT_COUNT, "two"),
                        org.assertj.core.groups.Tuple.tuple(Problem.Kind.UNKNOWN_NODE, "in"));
    }

    @Test
    void faults_of_a_layer_are_said_with_their_remedy() {
        layer("x Denes 'units':4", "x: there is no layer of type 'Denes': did you mean 'dense'?");
        layer("x dense 'unit':4", "x: dense has no parameter 'unit': did you mean 'units'?");
        layer("x dense", "x: dense: 'units' is missing: add \"units\"");
        layer("x dense 'units':'ten'", "x: dense: units is \"ten\": it must be a whole number");
        layer("x Dense 'out_features':2.5", "x: dense: out_features is 2.5: it must be a whole number");
        layer("x dense 'units':0", "x: dense: units is 0: it must be at least 1");
        layer("x dense 'units':1e999", "x: dense: units is Infinity: it must be a whole number");
        layer("x dropout 'rate':1e999", "x: dropout: rate is Infinity: it must be a finite number");
        layer("x dropout 'rate':-0.1", "x: dropout: the rate is -0.1: it must be at least 0 and less than 1");
        layer("x Dense 'units':4,'size':4", "x: 'units' and 'size' say the same: leave one of them out");
        layer(
                "x Dense 'units':4,'activation':'rellu'",
                "x: there is no layer of type 'rellu': did you mean 'relu', 'selu', 'gelu'?");
        layer("x Activation", "x: activation: 'activation' is missing: add \"activation\", such as \"relu\"");
        layer("x Linear 'in_features':9,'units':4", "x: in_features is 9, it is given 8: write 8, or leave it out");
        layer(
                "x layer 'name':'mine'",
                "x: \"mine\" is a layer of one's own, and a file holds only its name: say which it is when reading, as"
                        + " in ModelJson.read(text, name -> Optional.of(layer(name, x -> …)))");
        layer(
                "x residual 'body':[{'type':'dense','units':0},{'type':'dens'}]",
                "x: body[0]: dense: units is 0: it must be at least 1",
                "x: body[1]: there is no layer of type 'dens': did you mean 'dense'?");
    }

    @Test
    void faults_of_the_whole_are_said_with_their_remedy() {
        problems(
                graph(List.of("x dense 'units':4", "out output"), "x>out"),
                "there is no input: add {\"id\" : \"input\", \"type\" : \"input\", \"params\" : {\"shape\" : […]}}");
        problems(
                graph(List.of("in input 'shape':[8]", "x dense 'units':4"), "in>x"),
                "there is no output: add {\"id\" : \"output\", \"type\" : \"output\"}");
        problems(
                graph(List.of("in input", "out output 'units':2"), "in>out"),
                "in: the input has no shape: add one of one example, such as \"shape\" : [1, 28, 28]");
        problems(
                graph(
                        List.of("in input 'shape':[8]", "a relu", "b relu", "c relu", "out output"),
                        "in>a",
                        "a>out",
                        "in>b",
                        "c>out"),
                "b: 'b' goes nowhere: connect it to a layer or an output",
                "c: 'c' is given nothing: connect something to it",
                "out: an output takes one value, it is given 2: join them first with add or concat, or add an output");
        problems(
                graph(
                        List.of("in input 'shape':[8]", "a relu", "b add", "c relu", "out output"),
                        "in>b",
                        "a>b",
                        "b>c",
                        "c>a",
                        "c>out"),
                "a: a cycle: a -> b -> c -> a: take out one of its edges");
        problems(
                graph(List.of("in input 'shape':[8]", "x dense 'units':4", "out output"), "in>x", "x>oüt", "x>out"),
                "x: an edge goes to 'oüt', which is no node: did you mean 'out'?");
        problems(
                "{\"nodes\":[],\"edges\":[]}",
                "there is no input: add {\"id\" : \"input\", \"type\" : \"input\", \"params\" : {\"shape\" : […]}}",
                "there is no output: add {\"id\" : \"output\", \"type\" : \"output\"}");
    }

    /** A layer that does not fit is taken for one that gives what it says, so that what comes after is looked at too. */
    @Test
    void after_a_shape_that_does_not_fit_the_rest_is_looked_at() {
        problems(
                graph(
                        List.of(
                                "in input 'shape':[1,4,4]",
                                "big conv 'filters':3,'kernel':9",
                                "flat flatten",
                                "row dense 'units':6",
                                "again conv 'filters':3,'kernel':3",
                                "end reshape 'sizes':[2,3]",
                                "heads selfAttention 'heads':2",
                                "out output"),
                        "in>big",
                        "big>flat",
                        "flat>row",
                        "row>again",
                        "again>end",
                        "end>heads",
                        "heads>out"),
                "big: conv(3, 9): a kernel that reaches over 9 places is larger than its input 1x4x4: use a smaller"
                        + " kernel, padding, or less pooling before it",
                "again: conv(3, 3): expects channels, height and width, got 6: put reshape(…) before it",
                "heads: selfAttention(2): its 2 heads must divide the units, got 3: use another number of heads");
    }

    @Test
    void a_dataset_says_what_comes_in_and_how_many_classes_come_out() {
        Dataset data = digits();
        String text = graph(List.of("in input 'shape':[9]", "x dense 'units':5", "out output"), "in>x", "x>out");
        assertThat(Networks.validate(text, data))
                .extracting(Problem::toString)
                .containsExactly(
                        "in: takes 9, digits gives 1x8x8: write the shape [1, 8, 8]",
                        "out: the last layer gives 5 values, digits has 10 classes: use dense(10)");
        assertThat(Networks.validate(ModelJson.write(sequential(flatten(), dense(5))), data))
                .extracting(Problem::toString)
                .containsExactly("layers[1]: the last layer gives 5 values, digits has 10 classes: use dense(10)");
        assertThat(Networks.validate(ModelJson.write(sequential(flatten(), dense(10))), data))
                .isEmpty();
    }

    @Test
    void nested_layers_and_lists_are_looked_through_likewise() {
        problems(
                "{\"version\":1,\"type\":\"sequential\",\"layers\":[{\"type\":\"dens\"},{\"type\":\"dense\",\"units\":0}]}",
                "layers[0]: there is no layer of type 'dens': did you mean 'dense'?",
                "layers[1]: dense: units is 0: it must be at least 1");
        problems(
                "{\"input_shape\":[0],\"layers\":[{\"type\":\"Linear\"},{\"layer_type\":\"Linear\",\"sise\":3}]}",
                "input: the list: input_shape is [0]: it must be a list of sizes of at least 1",
                "layers[0]: expected a layer, got {\"type\":\"Linear\"}: write {\"layer_type\" : \"Linear\", \"size\" : 512}",
                "layers[1]: dense has no parameter 'sise': there are: 'units', 'bias'",
                "layers[1]: dense: 'units' is missing: add \"units\"");
    }

    @Test
    void what_is_no_network_is_refused_without_using_up_the_stack() {
        for (String json : List.of(
                "[".repeat(100_000),
                "{\"nodes\":".repeat(100_000),
                "{\"version\":1,\"type\":\"block\",\"name\":\"a\",\"body\":".repeat(100_000))) {
            problems(json, "the JSON is nested more than 1000 deep: put layers side by side");
        }
        assertThat(Networks.validate("{\"nodes\":[{\"id\":\"a\",\"type\":\"dense\",\"params\":{\"units\":NaN}}]}"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.kind()).isEqualTo(Problem.Kind.FORM);
                    assertThat(problem.message()).startsWith("this is no JSON in line 1, column ");
                });
        problems("", "expected a network such as {\"version\" : 1, \"type\" : \"sequential\", …}, got nothing");
        assertThat(Networks.validate("{\"nodes\":7,\"edges\":\"x\"}"))
                .extracting(Problem::toString)
                .contains("nodes is 7: it must be a list", "edges is \"x\": it must be a list");
        String nested = "{\"version\":1,\"type\":\"sequential\",\"layers\":["
                + "{\"type\":\"residual\",\"body\":[".repeat(200) + "]}".repeat(200) + "]}";
        assertThat(Networks.validate(nested))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).isEqualTo("layers are nested more than 100 deep"));
    }

    @Test
    void a_network_with_problems_is_refused_with_all_of_them() {
        String text =
                graph(List.of("in input 'shape':[8]", "x dense 'units':0", "y relu", "out output"), "in>x", "x>out");
        assertThatThrownBy(() -> Networks.read(text))
                .isInstanceOf(QuireException.class)
                .hasMessage("the network has 2 problems\nx: dense: units is 0: it must be at least 1\n"
                        + "y: 'y' is not connected: connect it, or take it out")
                .isInstanceOfSatisfying(
                        InvalidNetwork.class,
                        e -> assertThat(e.problems().json())
                                .startsWith(
                                        "[{\"kind\":\"bad_parameter\",\"node\":\"x\",\"message\":\"dense: units is 0\","
                                                + "\"remedy\":\"it must be at least 1\"},{\"kind\":\"unconnected\""));
        assertThat(Networks.validate(text).display().data().get(Display.HTML))
                .contains(">what is wrong</th>", ">dense: units is 0</td>");
    }

    private static String deep(int count, boolean branched) {
        List<String> nodes = new ArrayList<>(List.of("in input 'shape':[2]"));
        List<String> edges = new ArrayList<>();
        String last = "in";
        for (int i = 0; i < count; i++) {
            nodes.add(0, "n" + i + (branched && i % 2 == 1 ? " add" : " dense 'units':2"));
            edges.add(last + ">n" + i);
            if (branched && i % 2 == 1) {
                edges.add("n" + Math.max(0, i - 3) + ">n" + i);
            }
            last = "n" + i;
        }
        nodes.add("out output");
        edges.add(last + ">out");
        return graph(nodes, edges.toArray(String[]::new));
    }

    /** Listed from the last layer to the first. */
    @Test
    @Timeout(180)
    void ten_thousand_layers_deep_are_read_built_and_summed_up() {
        DescribedNetwork chain = Networks.read(deep(10_000, false));
        assertThat(((Sequential) chain.layer()).layers()).hasSize(10_000);
        DescribedNetwork web = Networks.read(deep(10_000, true));
        assertThat(((Functional) web.layer()).steps()).hasSize(10_000);
        for (DescribedNetwork read : List.of(chain, web)) {
            assertThat(Networks.read(Networks.graph(read.layer(), read.inputs()))
                            .layer())
                    .isEqualTo(read.layer())
                    .hasSameHashCodeAs(read.layer());
            assertThat(Networks.read(ModelJson.write(read.layer())).layer()).isEqualTo(read.layer());
            assertThat(read.layer().toString()).isNotEmpty();
            assertThat(read.layer().summary(2).parameters()).isGreaterThan(10_000);
        }
        String cycle = IntStream.range(0, 10_000)
                .mapToObj(i -> "n" + i + ">n" + (i + 1) % 10_000)
                .collect(Collectors.joining(" "));
        List<String> nodes =
                IntStream.range(0, 10_000).mapToObj(i -> "n" + i + " relu").toList();
        assertThat(Networks.validate(graph(nodes, cycle.split(" "))))
                .extracting(Problem::kind)
                .contains(Problem.Kind.CYCLE)
                .hasSize(3);
        assertThat(Networks.validate(graph(Collections.nCopies(60_000, "a relu"))))
                .extracting(Problem::toString)
                .contains("the graph has 60000 nodes: at most 50000 are read: put layers that repeat into a block");
    }
}
