package dev.quire.kernel.interpreter.magic;

import dev.quire.kernel.session.CellResult;
import dev.quire.view.Display;

/**
 * Shows the rest of the cell as a page shows it.
 *
 * @param name with its percent signs
 * @param type the MIME type of the text
 * @param language as one says it
 */
public record MarkupMagic(String name, String type, String language) implements Magic {
    public static MarkupMagic html() {
        return new MarkupMagic("%%html", Display.HTML, "HTML");
    }

    public static MarkupMagic markdown() {
        return new MarkupMagic("%%markdown", Display.MARKDOWN, "Markdown");
    }

    @Override
    public String usage() {
        return name;
    }

    @Override
    public String purpose() {
        return "Shows the lines below as " + language + ".";
    }

    @Override
    public CellResult run(Call call) {
        call.expectNoArgument();
        return Call.value(Display.text(call.body().strip()).with(type, call.body()));
    }
}
