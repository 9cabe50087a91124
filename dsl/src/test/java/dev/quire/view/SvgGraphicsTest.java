package dev.quire.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class SvgGraphicsTest {
    private final SvgGraphics g = new SvgGraphics();

    private String svg() {
        return g.document(100, 50);
    }

    @Test
    void shapes_are_paths_in_the_coordinates_of_the_page() {
        g.setColor(new Color(255, 0, 0, 128));
        g.translate(10, 20);
        g.scale(2, 2);
        g.fillRect(0, 0, 5, 5);
        assertThat(svg())
                .startsWith("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"100\" height=\"50\"")
                .contains("<path d=\"m10 20l10 0l0 10l-10 0l0-10z\" fill=\"#ff0000\" fill-opacity=\".5\"/>");
    }

    @Test
    void outlines_have_their_width_and_dashes() {
        g.setColor(Color.BLACK);
        g.setStroke(new BasicStroke(1.5f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_BEVEL, 1, new float[] {4, 2}, 0));
        g.scale(2, 2);
        g.draw(new Line2D.Double(0, 0, 3, 4));
        assertThat(svg())
                .contains("d=\"m0 0l6 8\" fill=\"none\" stroke=\"#000000\" stroke-width=\"3\" stroke-linecap=\"round\""
                        + " stroke-linejoin=\"bevel\" stroke-dasharray=\"8 4\"");
    }

    @Test
    void strings_stay_text_and_are_escaped() {
        g.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 12));
        g.drawString("a < b & \u0001", 5, 6);
        g.rotate(Math.PI / 2);
        g.drawString("up", 1, 2);
        assertThat(svg())
                .contains("<text x=\"5\" y=\"6\"", "font-weight=\"bold\"", ">a &lt; b &amp; \uFFFD</text>")
                .contains("transform=\"matrix(0 1 -1 0 0 0)\" x=\"1\" y=\"2\"");
    }

    @Test
    void what_is_clipped_shares_one_clip_named_by_its_content() {
        g.setClip(new Rectangle(0, 0, 10, 10));
        g.fillRect(0, 0, 50, 50);
        g.fillOval(0, 0, 50, 50);
        assertThat(svg()).containsOnlyOnce("<clipPath id=").contains("<g clip-path=\"url(#clip-");
        assertThat(svg().split("<g clip-path", -1)).hasSize(3);
    }

    @Test
    void images_keep_their_pixels_when_they_grow() {
        BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB);
        g.drawImage(image, 5, 5, 20, 20, null);
        g.drawImage(image, 30, 5, null);
        assertThat(svg()).containsOnlyOnce("image-rendering:pixelated").contains("href=\"data:image/png;base64,");
    }

    @Test
    void gradients_become_a_picture() {
        g.setPaint(new GradientPaint(0, 0, Color.RED, 0, 10, Color.BLUE));
        g.fill(new Rectangle(3, 4, 10, 10));
        assertThat(svg()).contains("<image x=\"3\" y=\"4\" width=\"10\" height=\"10\"");
    }

    @Test
    void a_copy_draws_on_the_same_page_with_its_own_state() {
        Graphics2D copy = (Graphics2D) g.create();
        copy.translate(50, 0);
        copy.fillRect(0, 0, 1, 1);
        g.fillRect(0, 0, 1, 1);
        assertThat(svg()).contains("m50 0l", "m0 0l");
    }

    @Test
    void lines_that_go_on_are_joined_so_that_dashes_go_on() {
        JoinedLines joined = new JoinedLines((Graphics2D) g.create());
        joined.setColor(Color.RED);
        joined.draw(new Line2D.Double(0, 0, 1, 1));
        joined.draw(new Line2D.Double(1, 1, 2, 0));
        joined.setColor(Color.BLUE);
        joined.draw(new Line2D.Double(2, 0, 3, 0));
        joined.dispose();
        assertThat(svg())
                .contains("d=\"m0 0l1 1l1-1\" fill=\"none\" stroke=\"#ff0000\"")
                .contains("d=\"m2 0l1 0\" fill=\"none\" stroke=\"#0000ff\"");
    }

    @Test
    void what_svg_has_no_word_for_is_refused() {
        assertThatThrownBy(() -> g.copyArea(0, 0, 1, 1, 2, 2)).hasMessage("SVG has no area to copy");
        assertThatThrownBy(() -> g.setXORMode(Color.RED)).hasMessage("SVG has no exclusive-or");
    }
}
