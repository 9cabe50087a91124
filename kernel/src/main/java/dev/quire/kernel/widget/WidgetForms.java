package dev.quire.kernel.widget;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.QuireException;
import dev.quire.kernel.comm.Comm;
import dev.quire.kernel.comm.CommMessage;
import dev.quire.kernel.comm.Comms;
import dev.quire.view.form.Form;
import dev.quire.view.form.Forms;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Shows forms with ipywidgets. Functions of forms run one at a time on threads of their own, also while a cell runs: so a
 * slider can steer a training run. The first call is part of the cell.
 */
public final class WidgetForms implements Forms.Presenter, AutoCloseable {
    /** Where a front end asks for all models at once, after its page was loaded again. */
    private static final String CONTROL = "jupyter.widget.control";

    /** Cells are run again and again, and each run makes a form. */
    private static final int KEPT = 50;

    private static final int CAUSES = 10;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Comms comms;
    private final Function<Throwable, String> words;
    private final Turns turns = new Turns();
    private final Map<Integer, FormWidget> open = new LinkedHashMap<>();
    private @Nullable PrintedText printed;
    private int next;

    /** Words errors by their messages alone. */
    public WidgetForms(Comms comms) {
        this(comms, WidgetForms::message);
    }

    /**
     * @param comms to the front ends
     * @param words what a person reads of an error that a function throws
     */
    public WidgetForms(Comms comms, Function<Throwable, String> words) {
        this.comms = comms;
        this.words = words;
        comms.register(CONTROL, this::control);
    }

    @Override
    public void show(Form form) throws Exception {
        FormWidget widget = add(form);
        widget.first();
    }

    private FormWidget add(Form form) {
        int number;
        PrintedText streams;
        synchronized (this) {
            number = next++;
            streams = printed == null ? new PrintedText() : printed;
            printed = streams;
        }
        FormWidget widget = new FormWidget(comms, form, turns, streams, words, () -> remove(number));
        FormWidget oldest = null;
        synchronized (this) {
            open.put(number, widget);
            if (open.size() > KEPT) {
                oldest = open.remove(open.keySet().iterator().next());
            }
        }
        if (oldest != null) {
            oldest.close();
        }
        return widget;
    }

    private void remove(int number) {
        FormWidget gone;
        synchronized (this) {
            gone = open.remove(number);
        }
        if (gone != null) {
            gone.close();
        }
    }

    private static String message(Throwable thrown) {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
                .limit(CAUSES)
                .filter(QuireException.class::isInstance)
                .map(own -> Objects.requireNonNullElse(own.getMessage(), ""))
                .findFirst()
                .orElseGet(() -> thrown.getClass().getSimpleName()
                        + Optional.ofNullable(thrown.getMessage())
                                .map(text -> ": " + text)
                                .orElse(""));
    }

    /** Stops the function that runs, unless it is part of a cell. */
    public void interrupt() {
        turns.interrupt();
    }

    private Consumer<CommMessage> control(Comm comm, CommMessage first) {
        return message -> {
            if (message.data().path("method").asText().equals("request_states")) {
                comm.send(states(), List.of());
            }
        };
    }

    private ObjectNode states() {
        ObjectNode data = JSON.objectNode().put("method", "update_states");
        ObjectNode states = data.putObject("states");
        List<FormWidget> widgets;
        synchronized (this) {
            widgets = List.copyOf(open.values());
        }
        widgets.forEach(widget -> widget.states().forEach((id, state) -> {
            ObjectNode model = states.putObject(id);
            model.set("model_name", state.path("_model_name"));
            model.set("model_module", state.path("_model_module"));
            model.set("model_module_version", state.path("_model_module_version"));
            model.set("state", state);
        }));
        data.putArray("buffer_paths");
        return data;
    }

    /** Takes all forms away. */
    @Override
    public void close() {
        turns.interrupt();
        List<FormWidget> widgets;
        PrintedText streams;
        synchronized (this) {
            widgets = List.copyOf(open.values());
            open.clear();
            streams = printed;
            printed = null;
        }
        widgets.forEach(FormWidget::close);
        if (streams != null) {
            streams.close();
        }
    }
}
