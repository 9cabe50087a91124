package dev.quire.view;

import static dev.quire.Quire.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.model.Functional;
import dev.quire.model.Layer;
import dev.quire.model.Sequential;
import dev.quire.model.Summary;
import dev.quire.model.Wire;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

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
}
