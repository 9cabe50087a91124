package dev.quire.kernel.widget;

import dev.quire.view.Display;
import dev.quire.view.Html;
import dev.quire.view.Screen;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What one call of a form's function prints, shows and gives, as one display that takes the place of the call's before.
 * The old stays until something new comes, so that nothing flickers.
 */
final class OutputArea implements Screen {
    private final Live live;
    private List<Item> items = new ArrayList<>();

    private static final class Item {
        private final StringBuilder printed = new StringBuilder();
        private Display display = Display.text("");
        private boolean isText;
    }

    /** Below the cell that runs, empty at first. */
    OutputArea(Screen screen) {
        live = screen.show(Display.text(""));
    }

    /** Another call begins; what the one before still shows is lost. */
    synchronized void begin() {
        items = new ArrayList<>();
    }

    /** The call has ended: what is left of the one before goes. */
    synchronized void end() {
        live.update(display());
    }

    synchronized void print(String text) {
        Item last = items.isEmpty() ? null : items.get(items.size() - 1);
        if (last == null || !last.isText) {
            last = new Item();
            last.isText = true;
            items.add(last);
        }
        last.printed.append(text);
        last.display = Display.text(last.printed.toString());
        live.update(display());
    }

    @Override
    public synchronized Live show(Display display) {
        Item item = new Item();
        item.display = display;
        items.add(item);
        live.update(display());
        return new Live() {
            @Override
            public void update(Display next) {
                replace(item, next);
            }

            @Override
            public void close() {
                // The last update stays.
            }
        };
    }

    private synchronized void replace(Item item, Display next) {
        item.display = next;
        if (items.contains(item)) {
            live.update(display());
        }
    }

    @Override
    public synchronized void clear(boolean wait) {
        items = new ArrayList<>();
        if (!wait) {
            live.update(display());
        }
    }

    @Override
    public boolean isInteractive() {
        return true;
    }

    /** Nothing more will come. */
    synchronized void close() {
        live.close();
    }

    private Display display() {
        if (items.size() == 1 && !items.get(0).isText) {
            return items.get(0).display;
        }
        String text = items.stream()
                .map(item -> item.display.plain().stripTrailing())
                .filter(plain -> !plain.isEmpty())
                .collect(Collectors.joining("\n"));
        Display plain = Display.text(text);
        return items.stream().allMatch(item -> item.isText)
                ? plain
                : plain.with(
                        Display.HTML,
                        items.stream().map(item -> html(item.display)).collect(Collectors.joining()));
    }

    private static String html(Display display) {
        String html = display.data().get(Display.HTML);
        String svg = display.data().get(Display.SVG);
        String png = display.data().get(Display.PNG);
        if (html != null) {
            return html;
        } else if (svg != null) {
            return "<div>" + svg + "</div>";
        } else if (png != null) {
            return "<img alt=\"\" src=\"data:image/png;base64," + png + "\">";
        }
        return "<pre>" + Html.escape(display.plain().stripTrailing()) + "</pre>";
    }
}
