package dev.quire.kernel.widget;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.kernel.comm.Comms;
import dev.quire.view.Display;
import dev.quire.view.Displays;
import dev.quire.view.Html;
import dev.quire.view.Screen;
import dev.quire.view.Screens;
import dev.quire.view.form.Control;
import dev.quire.view.form.Form;
import dev.quire.view.form.PlainForms;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One form in the front ends, and its output below it. */
final class FormWidget implements AutoCloseable {
    private static final String VIEW = "application/vnd.jupyter.widget-view+json";
    private static final String WITHOUT = "To move these, install the widgets of the front end with"
            + " pip install ipywidgets, and open the notebook again.";

    private final Comms comms;
    private final Form form;
    private final Turns turns;
    private final PrintedText printed;
    private final Function<Throwable, String> words;
    private final List<Model> all = new ArrayList<>();
    private final List<Model> controls = new ArrayList<>();
    private final @Nullable Model button;
    private final Model box;
    private final OutputArea area;
    private final AtomicBoolean isDue = new AtomicBoolean();
    private final ThreadPoolExecutor thread =
            new ThreadPoolExecutor(1, 1, 0, TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>(), FormWidget::thread);

    FormWidget(
            Comms comms,
            Form form,
            Turns turns,
            PrintedText printed,
            Function<Throwable, String> words,
            Runnable closed) {
        this.comms = comms;
        this.form = form;
        this.turns = turns;
        this.printed = printed;
        this.words = words;
        for (Control<?> control : form.controls()) {
            controls.add(styled(States.of(control), States.styleOf(control), new Model.Listener() {
                @Override
                public void changed(Model model) {
                    if (!form.hasButton()) {
                        due();
                    }
                }
            }));
        }
        button = form.hasButton()
                ? styled(States.button(form.button()), "ButtonStyle", new Model.Listener() {
                    @Override
                    public void pressed() {
                        due();
                    }
                })
                : null;
        List<String> children = Stream.concat(controls.stream(), Stream.ofNullable(button))
                .map(Model::reference)
                .toList();
        box = laidOut(States.column(children), new Model.Listener() {
            @Override
            public void closed() {
                closed.run();
            }
        });
        // Born on the thread of the cell: what the function starts belongs to that cell.
        thread.prestartAllCoreThreads();
        Screen screen = Screens.current();
        screen.print(view());
        area = new OutputArea(screen);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "quire-widget");
        thread.setDaemon(true);
        return thread;
    }

    private Model styled(ObjectNode state, String style, Model.Listener listener) {
        Model look = new Model(comms, States.style(style), new Model.Listener() {});
        all.add(look);
        return laidOut(state.put("style", look.reference()), listener);
    }

    private Model laidOut(ObjectNode state, Model.Listener listener) {
        Model layout = new Model(comms, States.layout(), new Model.Listener() {});
        all.add(layout);
        Model model = new Model(comms, state.put("layout", layout.reference()), listener);
        all.add(model);
        return model;
    }

    /** Where ipywidgets' front end is missing, the page shows the values, and says what to install. */
    private Display view() {
        Display plain = PlainForms.describe(form);
        String html = plain.data().getOrDefault(Display.HTML, "<div>" + Html.escape(plain.plain()) + "</div>");
        ObjectNode view = JsonNodeFactory.instance
                .objectNode()
                .put("version_major", 2)
                .put("version_minor", 0)
                .put("model_id", box.id());
        return Display.text(plain.plain())
                .with(Display.HTML, html + "<div style=\"opacity:.7\">" + WITHOUT + "</div>")
                .with(VIEW, view.toString());
    }

    /** The models that a front end asks for when its page is loaded again, by id. */
    Map<String, ObjectNode> states() {
        Map<String, ObjectNode> states = new LinkedHashMap<>();
        all.forEach(model -> states.put(model.id(), model.state()));
        return states;
    }

    /** The first call, on the thread of the cell: what it throws is the error of the cell. */
    void first() throws Exception {
        if (!form.hasButton()) {
            turns.inCell(this::call);
        }
    }

    /** Of a burst of changes the last is enough. */
    private void due() {
        if (isDue.compareAndSet(false, true)) {
            try {
                thread.execute(() -> turns.beside(this::again));
            } catch (RejectedExecutionException e) {
                // The form was closed while the message was under way.
                isDue.set(false);
            }
        }
    }

    private void again() {
        isDue.set(false);
        try {
            call();
        } catch (InterruptedException e) {
            area.show(Display.text("stopped"));
        } catch (Throwable e) {
            area.show(Display.text(words.apply(e)));
        }
    }

    private void call() throws Exception {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < controls.size(); i++) {
            values.add(States.value(form.controls().get(i), controls.get(i)));
        }
        area.begin();
        disable(true);
        try {
            Object value = Screens.on(
                    area, () -> printed.during(area::print, () -> form.action().run(values)));
            if (value != null) {
                area.show(Displays.of(value));
            }
        } finally {
            disable(false);
            area.end();
        }
    }

    private void disable(boolean isRunning) {
        if (button != null) {
            button.set("disabled", BooleanNode.valueOf(isRunning));
        }
    }

    @Override
    public void close() {
        thread.shutdown();
        all.forEach(Model::close);
        area.close();
    }
}
