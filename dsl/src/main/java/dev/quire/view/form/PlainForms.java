package dev.quire.view.form;

import dev.quire.view.Display;
import dev.quire.view.Grid;
import dev.quire.view.Grid.Column;
import dev.quire.view.Screens;
import java.util.List;

/** Forms where nothing can be moved: the values, what comes of them, and how one sets others. */
public final class PlainForms implements Forms.Presenter {
    @Override
    public void show(Form form) throws Exception {
        Screens.current().print(describe(form));
        if (form.hasButton()) {
            return;
        }
        Object value = form.action().run(form.defaults());
        if (value != null) {
            Screens.show(value);
        }
    }

    /** The controls of a form as a table. */
    public static Display describe(Form form) {
        String button = form.hasButton()
                ? "The button " + form.button() + " can be pressed in a notebook; here, call what it runs."
                : "";
        if (form.controls().isEmpty()) {
            return Display.text(button);
        }
        List<List<String>> rows = form.controls().stream()
                .map(control -> List.of(control.name(), control.value().toString(), control.range()))
                .toList();
        String other = "Another value: " + form.controls().get(0) + ".value(...)";
        return new Grid(
                        List.of(Column.words("control"), Column.words("value"), Column.words("from")),
                        rows,
                        List.of(),
                        button.isEmpty() ? other : button + " " + other)
                .display();
    }
}
