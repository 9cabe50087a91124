package dev.quire.view;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The screen of this process: the terminal, until a front end says otherwise. */
public final class Screens {
    private static final AtomicReference<@Nullable Screen> CURRENT = new AtomicReference<>();

    private Screens() {}

    /** Where values are shown from now on. */
    public static void use(Screen screen) {
        CURRENT.set(screen);
    }

    /** Shows a value on the screen of this process; for a terminal nothing is drawn but text. */
    public static void show(@Nullable Object value) {
        Screen screen = current();
        screen.show(screen.showsHtml() ? Displays.of(value) : Display.text(Displays.plain(value)))
                .close();
    }

    public static Screen current() {
        Screen known = CURRENT.get();
        if (known != null) {
            return known;
        }
        Screen terminal = TerminalScreen.system();
        Screen other = CURRENT.compareAndExchange(null, terminal);
        return other == null ? terminal : other;
    }
}
