package dev.quire.view;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import org.knowm.xchart.internal.chartpart.IChart;

/** A picture and bars for the likeliest classes. */
final class AnswerPanel implements IChart {
    private static final int BARS = 5;
    private static final double WORTH_A_BAR = 0.001;
    private static final int FONT = 12;
    private static final int ROW = 20;
    private static final int PICTURE = 108;
    private static final int LONGEST_NAME = 120;
    private static final int BAR = 160;
    private static final int PERCENT = 56;

    private final Answer answer;
    private final List<Integer> shown;
    private final int names;
    private final int left;

    AnswerPanel(Answer answer) {
        this.answer = answer;
        this.shown = answer.ranked().stream()
                .limit(BARS)
                .filter(i -> answer.probability(i) >= WORTH_A_BAR
                        || i.equals(answer.ranked().get(0)))
                .toList();
        this.names = (int) Math.min(
                LONGEST_NAME,
                shown.stream()
                        .mapToDouble(i -> Ink.guess(answer.classes().get(i), FONT))
                        .map(Math::ceil)
                        .max()
                        .orElse(0));
        this.left = answer.image() == null ? 0 : PICTURE;
    }

    @Override
    public String getTitle() {
        return answer.text();
    }

    @Override
    public int getWidth() {
        return left + names + BAR + PERCENT + 12;
    }

    @Override
    public int getHeight() {
        return Math.max(answer.image() == null ? 0 : 100, ROW * shown.size() + (answer.isWrong() ? ROW : 0));
    }

    @Override
    public void paint(Graphics2D g, int width, int height) {
        BufferedImage image = answer.image();
        if (image != null) {
            SheetPanel.picture(g, image, 2, 2);
        }
        g.setFont(Fonts.plain(FONT));
        for (int i = 0; i < shown.size(); i++) {
            bar(g, shown.get(i), ROW * i, i == 0 ? answer.color() : Palette.FAINT);
        }
        if (answer.isWrong()) {
            g.setColor(Palette.ORANGE);
            Ink.left(g, "but it is " + answer.truth(), left + names + 8, ROW * shown.size() + 15);
        }
    }

    private void bar(Graphics2D g, int number, int y, Color color) {
        String name = answer.classes().get(number);
        boolean isTruth = name.equals(answer.truth());
        double length = Math.max(1, BAR * answer.probability(number));
        g.setColor(Palette.INK);
        Ink.right(g, Ink.fit(name, FONT, names), left + names, y + 14);
        g.setColor(isTruth ? Palette.GREEN : color.equals(Palette.FAINT) ? Palette.LINE : color);
        g.fill(new Rectangle2D.Double(left + names + 8, y + 4, length, ROW - 8));
        g.setColor(Palette.FAINT);
        Ink.left(g, Numbers.percent(answer.probability(number)), left + names + 8 + length + 6, y + 14);
    }
}
