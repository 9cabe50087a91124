package dev.quire.server.page;

import dev.quire.QuireException;
import dev.quire.inference.Model;
import dev.quire.inference.Models;
import dev.quire.run.Run;
import dev.quire.server.http.Token;
import dev.quire.view.Display;
import dev.quire.view.Displayable;
import dev.quire.view.Html;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A canvas in a notebook cell: what is drawn on it is given to a run, and the bars move while it is drawn. The page of
 * the cell is complete in itself; it asks this process over the loopback address, with a token that is in the page.
 *
 * @param name of the run
 * @param address that the page asks
 */
public record DrawingCell(String name, String address) implements Displayable {
    private static final int HEIGHT = 400;
    private static final List<String> SCRIPTS = List.of("dom.js", "bars.js", "pad.js", "drawing.js", "cell.js");
    private static final Pattern IMPORT = Pattern.compile("(?m)^import .*$");
    private static final Pattern EXPORT = Pattern.compile("(?m)^export ");

    /**
     * Opens a canvas for a run, with its weights as they are now. Running the cell again replaces it.
     *
     * @throws QuireException when the run has no weights, takes no images, or has no classes
     */
    public static DrawingCell draw(Run run) {
        Model model = Models.of(run);
        if (model.card().image().isEmpty() || model.classes().isEmpty()) {
            model.close();
            throw new QuireException("draw: run " + run.name() + " takes no images or has no classes: draw for a run on"
                    + " images, such as mnist()");
        }
        return new DrawingCell(run.name(), DrawingServer.shared().add(run.name(), model));
    }

    @Override
    public Display display() {
        String frame = "<iframe title=\"Draw for " + Html.escape(name) + "\" sandbox=\"allow-scripts\" width=\"100%\""
                + " height=\"" + HEIGHT + "\" style=\"border:0;color-scheme:light\" srcdoc=\"" + Html.escape(page())
                + "\"></iframe>";
        return Display.text(plain()).with(Display.HTML, frame);
    }

    @Override
    public String plain() {
        return "a canvas for run " + name + ": it shows in a notebook; in a terminal serve(run) has a page to draw on";
    }

    /** The whole page of the cell: its own script and style run, and no other; it reaches this process, and no other. */
    String page() {
        String nonce = Token.fresh(16);
        String origin = address.substring(0, address.indexOf('/', "http://".length()));
        String policy = "default-src 'none'; script-src 'nonce-" + nonce + "'; style-src 'nonce-" + nonce
                + "'; connect-src " + origin;
        return """
            <!doctype html>
            <html lang="en" data-theme="light">
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="%s">
            <title>Draw</title>
            <style nonce="%s">%s</style>
            <body data-ask="%s">
            <script type="module" nonce="%s">%s</script>
            """.formatted(
                        policy,
                        nonce,
                        PageFiles.text("base.css") + PageFiles.text("cell.css"),
                        Html.escape(address),
                        nonce,
                        script());
    }

    /** The modules in one, as a page without an address cannot import. */
    private static String script() {
        return SCRIPTS.stream()
                .map(PageFiles::text)
                .map(text -> EXPORT.matcher(IMPORT.matcher(text).replaceAll("")).replaceAll(""))
                .collect(Collectors.joining("\n"));
    }
}
