package dev.quire.kernel.session.assist;

import dev.quire.data.Dataset;
import dev.quire.manual.Manual;
import dev.quire.view.Display;
import dev.quire.view.Displays;
import dev.quire.view.Html;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A short view of a variable: its type and the first lines of its value. */
final class Glance {
    private static final int LINES = 12;
    private static final int WIDTH = 100;
    private static final int PATIENCE_MILLIS = 400;

    private final Function<String, Optional<Object>> values;

    Glance(Function<String, Optional<Object>> values) {
        this.values = values;
    }

    Display at(String name, String type) {
        String head = type + " " + name;
        String said = Manual.type(type)
                .map(each -> each.entry().description().summary().replace("`", ""))
                .orElse("");
        String view = values.apply(name).map(Glance::view).orElse("null");
        String text = head + "\n" + view.indent(4).stripTrailing() + (said.isEmpty() ? "" : "\n\n" + said);
        String html =
                "<div><code style=\"background:none;color:inherit\">" + Html.escape(type) + " <b>" + Html.escape(name)
                        + "</b></code></div><pre style=\"white-space:pre-wrap;margin:.3em 0;background:none;color:inherit\">"
                        + Html.escape(view) + "</pre>"
                        + (said.isEmpty() ? "" : "<div>" + Html.escape(said) + "</div>");
        return Display.text(text).with(Display.HTML, html);
    }

    /** A dataset as its facts: its pictures would take long to draw. */
    private static String text(Object value) {
        return value instanceof Dataset data
                ? data.describe()
                : Displays.of(value).plain();
    }

    /** Showing a value runs code that may never end, so it is waited for only a while. */
    private static String view(Object value) {
        FutureTask<String> task = new FutureTask<>(() -> text(value)
                .lines()
                .limit(LINES)
                .map(line -> line.length() <= WIDTH ? line : line.substring(0, WIDTH) + "…")
                .collect(Collectors.joining("\n")));
        Thread thread = new Thread(task, "quire-glance");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            thread.interrupt();
            return "(its value takes long to show)";
        } catch (ExecutionException e) {
            return "(its value cannot be shown: " + e.getCause() + ")";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
