package dev.quire.view;

import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The screen of this process: the terminal, until a front end says otherwise. */
public final class Screens {
    private static final AtomicReference<@Nullable Screen> CURRENT = new AtomicReference<>();

    private static final ThreadLocal<@Nullable Screen> OF_THREAD = new ThreadLocal<>();

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

    /** Does some work whose thread, and no other, shows values elsewhere meanwhile. */
    public static <T extends @Nullable Object> T on(Screen screen, Callable<T> work) throws Exception {
        Screen before = OF_THREAD.get();
        OF_THREAD.set(screen);
        try {
            return work.call();
        } finally {
            OF_THREAD.set(before);
        }
    }

    public static Screen current() {
        Screen own = OF_THREAD.get();
        if (own != null) {
            return own;
        }
        Screen known = CURRENT.get();
        if (known != null) {
            return known;
        }
        Screen terminal = TerminalScreen.system();
        Screen other = CURRENT.compareAndExchange(null, terminal);
        return other == null ? terminal : other;
    }
}
