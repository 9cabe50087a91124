package dev.quire.view;

import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.Paint;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.image.BufferedImage;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Joins lines that go on where the last one ended. XChart draws a curve line by line, and a dash that begins anew with
 * each line of a few pixels is no dash any more.
 */
final class JoinedLines extends ShapeGraphics {
    private record Curve(Path2D path, Point2D end, State state) {}

    private record State(
            Paint paint,
            Stroke stroke,
            AffineTransform transform,
            @Nullable Shape clip) {
        static State of(Graphics2D g) {
            return new State(g.getPaint(), g.getStroke(), g.getTransform(), g.getClip());
        }

        void restore(Graphics2D g) {
            g.setTransform(transform);
            g.setClip(clip);
            g.setPaint(paint);
            g.setStroke(stroke);
        }

        /** Shapes have no equality: a clip is the same when its bounds are. */
        boolean isLike(State other) {
            return paint.equals(other.paint)
                    && stroke.equals(other.stroke)
                    && transform.equals(other.transform)
                    && Objects.equals(bounds(clip), bounds(other.clip));
        }

        private static @Nullable Object bounds(@Nullable Shape clip) {
            return clip == null ? null : clip.getBounds2D();
        }
    }

    private @Nullable Curve curve;

    /** Draws on this graphics, and disposes of it when it is disposed of. */
    JoinedLines(Graphics2D on) {
        super(on);
    }

    @Override
    public void draw(Shape shape) {
        if (!(shape instanceof Line2D line)) {
            flush();
            state.draw(shape);
            return;
        }
        State now = State.of(state);
        Curve before = curve;
        if (before == null || !before.end.equals(line.getP1()) || !before.state.isLike(now)) {
            flush();
            before = new Curve(new Path2D.Double(), line.getP1(), now);
            before.path.moveTo(line.getX1(), line.getY1());
        }
        before.path.lineTo(line.getX2(), line.getY2());
        curve = new Curve(before.path, line.getP2(), now);
    }

    private void flush() {
        Curve finished = curve;
        curve = null;
        if (finished != null) {
            State now = State.of(state);
            finished.state.restore(state);
            state.draw(finished.path);
            now.restore(state);
        }
    }

    @Override
    public void fill(Shape shape) {
        flush();
        state.fill(shape);
    }

    @Override
    public void drawString(String text, float x, float y) {
        flush();
        state.drawString(text, x, y);
    }

    @Override
    void image(BufferedImage image, double x, double y, double width, double height) {
        flush();
        AffineTransform at = AffineTransform.getTranslateInstance(x, y);
        at.scale(width / image.getWidth(), height / image.getHeight());
        state.drawImage(image, at, null);
    }

    @Override
    public void copyArea(int x, int y, int width, int height, int dx, int dy) {
        flush();
        state.copyArea(x, y, width, height, dx, dy);
    }

    @Override
    public Graphics create() {
        flush();
        return state.create();
    }

    @Override
    public void dispose() {
        flush();
        super.dispose();
    }
}
