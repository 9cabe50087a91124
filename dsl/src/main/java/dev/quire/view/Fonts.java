package dev.quire.view;

import dev.quire.QuireException;
import java.awt.Font;
import java.awt.font.FontRenderContext;

/** The fonts of charts. */
final class Fonts {
    /** What an SVG asks for: close in width to what Java measured with. */
    static final String SVG_FAMILY = "DejaVu Sans,Verdana,Helvetica,Arial,sans-serif";

    private Fonts() {}

    static Font plain(int size) {
        return new Font(Font.SANS_SERIF, Font.PLAIN, size);
    }

    static Font bold(int size) {
        return new Font(Font.SANS_SERIF, Font.BOLD, size);
    }

    /**
     * Java looks for fonts when it first measures text, and fails there with an error that names none: this looks
     * before.
     *
     * @throws QuireException that says what to install, where there are none
     */
    static void check() {
        try {
            plain(12).getStringBounds("x", new FontRenderContext(null, true, true));
        } catch (RuntimeException | LinkageError | InternalError e) {
            throw new QuireException(
                    "charts need a font, and Java finds none on this machine: install fontconfig and one font, on"
                            + " Debian and Ubuntu: apt-get install fontconfig fonts-dejavu-core",
                    e);
        }
    }
}
