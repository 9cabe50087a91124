package dev.quire.view;

import static dev.quire.Quire.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.QuireException;
import dev.quire.model.Functional;
import dev.quire.model.Layer;
import dev.quire.model.Sequential;
import dev.quire.model.Summary;
import dev.quire.model.Wire;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class DiagramTest {
    private static List<String> texts(Diagram diagram) {
        return Pattern.compile(">([^<>]+)</text>")
                .matcher(diagram.svg())
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    @Test
    void a_chain_names_each_layer_and_the_shape_on_each_wire() {
        Diagram diagram = diagram(sequential(conv(4, 3), relu(), flatten(), dense(10)), 1, 8, 8);
        assertThat(texts(diagram))
                .contains("input", "1x8x8", "conv(4, 3)", "4x6x6", "relu()", "flatten()", "144", "dense(10)", "10")
                .endsWith("output");
        assertThat(diagram).hasToString("""
                        input  1x8x8
                        conv(4, 3)  4x6x6
                        relu()  4x6x6
                        flatten()  144
                        dense(10)  10
                        output""");
    }

    @Test
    void what_is_trained_is_tinted() {
        String svg = diagram(sequential(flatten(), relu(), dense(10)), 8).svg();
        assertThat(svg.split("#3a8fd0\" fill-opacity", -1)).hasSize(2);
    }

    @Test
    void residuals_branches_and_blocks_are_drawn_as_such_and_said_in_words() {
        Diagram diagram = diagram(
                sequential(
                        block("stem", conv(4, 3, same())),
                        residual(relu(), conv(4, 3, same())),
                        concat(conv(2, 1), sequential(relu(), conv(2, 1)))),
                1,
                4,
                4);
        assertThat(texts(diagram)).contains("stem", "+", "concat");
        assertThat(diagram).hasToString("""
                        input  1x4x4
                        stem
                          conv(4, 3, same())  4x4x4
                        ├ branch
                        │   relu()  4x4x4
                        │   conv(4, 3, same())  4x4x4
                        ├ branch
                        │   straight through
                        └ +  4x4x4
                        ├ branch
                        │   conv(2, 1)  2x4x4
                        ├ branch
                        │   relu()  4x4x4
                        │   conv(2, 1)  2x4x4
                        └ concat  4x4x4
                        output""");
    }

    @Test
    void several_inputs_and_outputs_are_wired_as_they_are() {
        Wire image = input(3, 8, 8);
        Wire note = input(16);
        Wire joined = concat(flatten().on(conv(4, 3).on(image)), note);
        Functional two = model(dense(10).on(joined), dense(1).on(joined));
        Diagram diagram = Summary.of(two, two.inputs()).diagram();
        assertThat(texts(diagram)).contains("3x8x8", "16", "output 0", "output 1", "160");
        assertThat(diagram.plain()).contains("concat()  160  from 4, 2", "output 1  from 7");
    }

    @Test
    void a_deep_network_is_folded_and_a_long_one_cut() {
        List<Layer> deep = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            deep.add(residual(dense(8), relu()));
        }
        assertThat(texts(diagram(new Sequential(deep), 8)))
                .contains("200 times", "+")
                .hasSizeLessThan(12);
        List<Layer> odd = new ArrayList<>();
        for (int i = 1; i <= 300; i++) {
            odd.add(dense(i));
        }
        assertThat(texts(diagram(new Sequential(odd), 8)))
                .contains("dense(1)", "dense(300)", "… 262 more layers")
                .hasSizeLessThan(100);
    }

    @Test
    void it_is_well_formed_and_stands_under_the_summary() throws Exception {
        Summary summary =
                sequential(residual(dense(8)), layer("a<b", x -> x.relu())).summary(8);
        byte[] svg = summary.diagram().svg().getBytes(StandardCharsets.UTF_8);
        assertThat(DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new ByteArrayInputStream(svg))
                        .getDocumentElement()
                        .getTagName())
                .isEqualTo("svg");
        assertThat(summary.display().data().get(Display.HTML))
                .contains("<details open><summary>diagram</summary>", "currentColor", "a&lt;b")
                .doesNotContain("#ffffff");
        assertThat(sequential(dense(8)).summary(8).display().data().get(Display.HTML))
                .contains("<details><summary>");
        assertThat(summary.diagram().display().data()).containsOnlyKeys(Display.TEXT, Display.SVG);
    }

    /** Boxes are put beside and below one another by their sizes: what is drawn lies inside the drawing. */
    @Test
    void everything_lies_inside_the_drawing() {
        Wire image = input(3, 8, 8);
        Wire deep = conv(4, 3).on(conv(4, 3).on(conv(4, 3).on(image)));
        Functional skip = model(dense(2).on(concat(flatten().on(deep), flatten().on(image))));
        String svg = Summary.of(skip, skip.inputs()).diagram().svg();
        double width = Double.parseDouble(svg.replaceAll("(?s).*?width=\"([0-9.]+)\".*", "$1"));
        Pattern.compile("<rect x=\"([-0-9.]+)\" y=\"[-0-9.]+\" width=\"([0-9.]+)\"")
                .matcher(svg)
                .results()
                .forEach(rect -> assertThat(Double.parseDouble(rect.group(1)))
                        .isBetween(0.0, width - Double.parseDouble(rect.group(2))));
    }

    @Test
    void each_box_counts_its_parameters_and_the_foot_all_of_them() {
        String svg = diagram(sequential(conv(4, 3), relu(), flatten(), dense(10)), 1, 8, 8)
                .svg();
        assertThat(svg)
                .contains(">40<title>40 parameters</title>", ">1,450<title>1,450 parameters</title>", "1,490 in all");
        assertThat(svg.split("<title>", -1)).hasSize(3);
        assertThat(diagram(sequential(relu()), 8).svg()).doesNotContain("parameters");
    }

    @Test
    void what_repeats_is_counted_as_often_as_it_comes() {
        List<Layer> deep = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            deep.add(block("layer" + i, dense(8), relu()));
        }
        assertThat(diagram(new Sequential(deep), 8).svg())
                .contains("layer0 to layer29: 30 times", "72 each", "2,160 in all");
    }

    @Test
    void a_functional_network_of_chains_and_branches_is_drawn_as_the_layers_it_equals() {
        Wire in = input(8);
        Wire start = dense(8).on(in);
        Functional free = model(relu().on(add(dense(8).on(start), start)));
        Figure woven = Weaving.of(Summary.of(free, free.inputs()).diagram().network());
        assertThat(woven).isInstanceOf(Figure.Chain.class);
        assertThat(woven.parameters()).isEqualTo(144);
        assertThat(((Figure.Chain) woven).parts()).hasSize(5);
    }

    @Test
    void a_deep_functional_network_is_folded() {
        Wire x = dense(32).on(input(16));
        for (int i = 0; i < 20; i++) {
            x = add(x, dense(32).on(relu().on(x)));
        }
        Functional deep = model(dense(4).on(x));
        Diagram diagram = Summary.of(deep, deep.inputs()).diagram();
        assertThat(texts(diagram)).contains("20 times", "add").hasSizeLessThan(20);
        assertThat(height(diagram.svg())).isLessThan(500);
        assertThat(diagram.plain()).contains("20 times").hasLineCount(11);
    }

    /** Forks that lie in forks, two hundred deep, are folded in one pass. */
    @Test
    @Timeout(30)
    void a_network_with_very_many_heads_is_drawn_soon() {
        List<Wire> heads = new ArrayList<>();
        Wire x = input(8);
        for (int i = 0; i < 200; i++) {
            x = relu().on(dense(8).on(x));
            heads.add(dense(1).on(x));
        }
        Functional net = model(heads.toArray(new Wire[0]));
        assertThat(height(Summary.of(net, net.inputs()).diagram().svg())).isLessThan(1000);
    }

    @Test
    void a_resnet_stays_readable() {
        String svg = diagram(resnet(50, 10), 3, 224, 224).svg();
        assertThat(height(svg)).isLessThan(4000);
        assertThat(svg).contains("in all");
    }

    @Test
    void no_shape_lies_on_a_wire_or_a_box() {
        for (Diagram diagram : List.of(twoInputs(), unet(), tangled(), diagram(resnet(18, 10), 3, 64, 64))) {
            assertThat(DrawnDiagram.of(diagram.svg()).collisions()).isEmpty();
        }
    }

    private static Diagram twoInputs() {
        Wire joined = concat(flatten().on(conv(4, 3).on(input(3, 8, 8))), input(16));
        Functional two = model(dense(10).on(joined), dense(1).on(relu().on(joined)));
        return Summary.of(two, two.inputs()).diagram();
    }

    private static Diagram unet() {
        Wire top = conv(8, 3, same()).on(input(3, 32, 32));
        Wire middle = conv(16, 3, same()).on(maxPool(2).on(top));
        Wire bottom = conv(32, 3, same()).on(maxPool(2).on(middle));
        Wire up = conv(16, 3, same()).on(concat(upsample(2).on(bottom), middle));
        Functional net = model(conv(1, 1).on(concat(upsample(2).on(up), top)));
        return Summary.of(net, net.inputs()).diagram();
    }

    /** Wires that are no chains and branches. */
    private static Diagram tangled() {
        Wire a = conv(8, 3, same()).on(input(3, 32, 32));
        Wire b = conv(8, 3, same()).on(a);
        Wire c = conv(8, 3, same()).on(concat(a, b));
        Functional net = model(concat(a, b, c), add(b, c));
        return Summary.of(net, net.inputs()).diagram();
    }

    private static double height(String svg) {
        return Double.parseDouble(svg.replaceAll("(?s).*? height=\"([0-9.]+)\".*", "$1"));
    }

    @Test
    void it_is_saved_as_svg_alone(@TempDir Path folder) throws Exception {
        Diagram diagram = diagram(sequential(dense(8)), 8);
        diagram.save(folder.resolve("net.svg").toString());
        assertThat(folder.resolve("net.svg")).hasContent(diagram.svg());
        assertThatThrownBy(() -> diagram.save("net.gif"))
                .isInstanceOf(QuireException.class)
                .hasMessage("a diagram cannot be saved as net.gif: use .svg");
        assertThatThrownBy(() -> diagram.save(folder.resolve("none/net.svg")))
                .isInstanceOf(QuireException.class)
                .hasMessageStartingWith("the diagram cannot be written to ");
    }
}
