package dev.quire.kernel.widget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.Quire;
import dev.quire.QuireException;
import dev.quire.kernel.comm.Comm;
import dev.quire.kernel.comm.CommMessage;
import dev.quire.kernel.comm.Comms;
import dev.quire.view.Display;
import dev.quire.view.Screen;
import dev.quire.view.Screens;
import dev.quire.view.form.Forms;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WidgetFormsTest {
    private static final ObjectMapper JSON = new JsonMapper();

    private final FakeComms comms = new FakeComms();
    private final FakeScreen screen = new FakeScreen();
    private final Screen before = Screens.current();
    private WidgetForms forms;
    private Forms.Presenter formsBefore;

    @BeforeEach
    void open() {
        forms = new WidgetForms(comms);
        formsBefore = Forms.use(forms);
        Screens.use(screen);
    }

    @AfterEach
    void close() {
        forms.close();
        Forms.use(formsBefore);
        Screens.use(before);
    }

    @Test
    void a_slider_is_a_model_with_layout_and_style_inside_a_column() throws IOException {
        Quire.interact(Quire.slider("rate", 0.0, 1.0), rate -> rate * 2);
        FakeComm slider = comms.model("FloatSliderModel");
        assertThat(slider.metadata).isEqualTo(JSON.readTree("{\"version\": \"2.1.0\"}"));
        assertThat(slider.target).isEqualTo("jupyter.widget");
        assertThat(slider.first)
                .isEqualTo(JSON.readTree("""
                {"buffer_paths": [], "state": {
                  "_model_module": "@jupyter-widgets/controls", "_model_module_version": "2.0.0",
                  "_model_name": "FloatSliderModel", "_view_count": null,
                  "_view_module": "@jupyter-widgets/controls", "_view_module_version": "2.0.0",
                  "_view_name": "FloatSliderView",
                  "min": 0.0, "max": 1.0, "step": 0.01, "value": 0.5,
                  "continuous_update": true, "orientation": "horizontal", "readout": true, "readout_format": ".4g",
                  "behavior": "drag-tap", "description": "rate", "disabled": false,
                  "style": "IPY_MODEL_%s", "layout": "IPY_MODEL_%s"}}
                """.formatted(comms.model("SliderStyleModel").id, comms.all.get(1).id)));
        assertThat(comms.model("VBoxModel").state("children").get(0).asText()).isEqualTo("IPY_MODEL_" + slider.id);
        assertThat(comms.all.get(1).state("_model_module").asText()).isEqualTo("@jupyter-widgets/base");
    }

    @Test
    void the_page_shows_the_widget_or_the_values_and_what_to_install() throws IOException {
        Quire.interact(Quire.slider("rate", 0.0, 1.0), rate -> rate * 2);
        Display view = screen.shown(0);
        assertThat(JSON.readTree(view.data().get("application/vnd.jupyter.widget-view+json")))
                .isEqualTo(JSON.readTree("{\"version_major\": 2, \"version_minor\": 0, \"model_id\": \""
                        + comms.model("VBoxModel").id + "\"}"));
        assertThat(view.data().get(Display.HTML)).contains("rate", "0.5", "pip install ipywidgets");
        assertThat(view.plain()).contains("slider(\"rate\", 0.0, 1.0).value(...)");
        assertThat(screen.shown(1).plain()).isEqualTo("1.0");
    }

    @Test
    void each_kind_of_control_has_its_model() {
        Quire.interact(
                Quire.logSlider("lr", 1e-4, 1e-1),
                Quire.slider("units", 8, 128, 8),
                Quire.choice("data", "digits", "mnist").value("mnist"),
                Quire.textField("start", "To be"),
                (lr, units, data, start) -> lr > 0 ? units + data + start : "");
        FakeComm log = comms.model("FloatLogSliderModel");
        assertThat(log.state("min").asDouble()).isEqualTo(-4);
        assertThat(log.state("max").asDouble()).isEqualTo(-1);
        assertThat(log.state("base").asDouble()).isEqualTo(10);
        assertThat(comms.model("IntSliderModel").state("step").asInt()).isEqualTo(8);
        assertThat(comms.model("DropdownModel").state("_options_labels").toString())
                .isEqualTo("[\"digits\",\"mnist\"]");
        assertThat(comms.model("DropdownModel").state("index").asInt()).isEqualTo(1);
        assertThat(comms.model("TextModel").state("value").asText()).isEqualTo("To be");
        assertThat(screen.shown(1).plain()).isEqualTo("64mnistTo be");
        Quire.interact(Quire.toggle("on"), on -> !on);
        assertThat(comms.model("CheckboxModel").state("value").asBoolean()).isFalse();
    }

    @Test
    void a_move_runs_the_function_again_and_its_output_replaces_the_last() throws IOException {
        Quire.interact(Quire.slider("n", 0, 10), n -> {
            System.out.println("n is " + n);
            return n * 2;
        });
        assertThat(screen.shown(1).plain()).isEqualTo("n is 5\n10");
        FakeComm slider = comms.model("IntSliderModel");
        slider.update("{\"value\": 7}");
        until(() -> screen.shown(1).plain().equals("n is 7\n14"));
        assertThat(screen.displays).hasSize(2);
        assertThat(slider.sent.get(0))
                .isEqualTo(JSON.readTree(
                        "{\"method\": \"echo_update\", \"state\": {\"value\": 7}, \"buffer_paths\": []}"));
    }

    @Test
    void what_the_function_shows_stands_in_the_area_and_what_others_print_does_not() {
        Quire.interact(Quire.choice("what", "text", "page"), what -> {
            Screens.current()
                    .show(Display.text("shown").with(Display.HTML, "<b>shown</b>"))
                    .close();
            System.out.println("a < b");
            return null;
        });
        assertThat(screen.shown(1).data().get(Display.HTML)).isEqualTo("<b>shown</b><pre>a &lt; b</pre>");
        assertThat(screen.shown(1).plain()).isEqualTo("shown\na < b");
    }

    @Test
    void of_a_burst_of_moves_the_last_counts() throws Exception {
        List<Integer> seen = new CopyOnWriteArrayList<>();
        CountDownLatch goOn = new CountDownLatch(1);
        Quire.interact(Quire.slider("n", 0, 1000).value(0), n -> {
            seen.add(n);
            if (n == 1) {
                goOn.await();
            }
            return n;
        });
        FakeComm slider = comms.model("IntSliderModel");
        slider.update("{\"value\": 1}");
        until(() -> seen.contains(1));
        for (int n = 2; n <= 1000; n++) {
            slider.update("{\"value\": " + n + "}");
        }
        goOn.countDown();
        until(() -> screen.shown(1).plain().equals("1000"));
        assertThat(seen).containsExactly(0, 1, 1000);
    }

    @Test
    void an_error_at_first_is_that_of_the_cell_and_later_stands_in_the_area() throws IOException {
        assertThatThrownBy(() -> Quire.interact(Quire.slider("n", 0, 10), n -> {
                    throw new IOException("no file " + n);
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("no file 5");
        Quire.interact(Quire.slider("m", 0.0, 1.0), m -> {
            if (m > 0.5) {
                throw new QuireException("m is too large");
            }
            return m;
        });
        comms.model("FloatSliderModel").update("{\"value\": 0.75}");
        until(() -> screen.shown(3).plain().equals("m is too large"));
        comms.model("FloatSliderModel").update("{\"value\": 0.25}");
        until(() -> screen.shown(3).plain().equals("0.25"));
    }

    @Test
    void a_button_runs_when_it_is_pressed_and_rests_meanwhile() throws Exception {
        List<Double> seen = new CopyOnWriteArrayList<>();
        Quire.button("Train", Quire.slider("lr", 0.0, 1.0), lr -> seen.add(lr));
        FakeComm button = comms.model("ButtonModel");
        assertThat(button.state("description").asText()).isEqualTo("Train");
        comms.model("FloatSliderModel").update("{\"value\": 0.1}");
        assertThat(seen).isEmpty();
        button.receive("{\"method\": \"custom\", \"content\": {\"event\": \"click\"}}");
        until(() -> button.sent.size() == 2);
        assertThat(seen).containsExactly(0.1);
        assertThat(button.sent.get(0).at("/state/disabled").asBoolean()).isTrue();
        assertThat(button.sent.get(1).at("/state/disabled").asBoolean()).isFalse();
    }

    @Test
    void stop_ends_the_function_of_a_form() throws Exception {
        CountDownLatch runs = new CountDownLatch(1);
        Quire.button("Wait", () -> {
            runs.countDown();
            Thread.sleep(100_000);
            return "never";
        });
        comms.model("ButtonModel").receive("{\"method\": \"custom\", \"content\": {\"event\": \"click\"}}");
        assertThat(runs.await(60, TimeUnit.SECONDS)).isTrue();
        forms.interrupt();
        until(() -> screen.shown(1).plain().equals("stopped"));
    }

    @Test
    void a_front_end_can_ask_for_one_state_and_for_all() throws IOException {
        Quire.interact(Quire.slider("n", 0, 10), n -> n);
        FakeComm slider = comms.model("IntSliderModel");
        slider.receive("{\"method\": \"request_state\"}");
        assertThat(slider.sent.get(0).path("method").asText()).isEqualTo("update");
        assertThat(slider.sent.get(0).at("/state/value").asInt()).isEqualTo(5);

        FakeComm control = new FakeComm("jupyter.widget.control", JSON.createObjectNode(), JSON.createObjectNode());
        Consumer<CommMessage> ask = comms.targets
                .get("jupyter.widget.control")
                .opened(control, new CommMessage(JSON.createObjectNode(), List.of(), false));
        ask.accept(new CommMessage(JSON.readTree("{\"method\": \"request_states\"}"), List.of(), false));
        JsonNode answer = control.sent.get(0);
        assertThat(answer.path("method").asText()).isEqualTo("update_states");
        assertThat(answer.at("/states/" + slider.id + "/model_name").asText()).isEqualTo("IntSliderModel");
        assertThat(answer.at("/states/" + slider.id + "/state/max").asInt()).isEqualTo(10);
        assertThat(answer.path("states")).hasSize(comms.all.size());
    }

    @Test
    void when_the_front_end_lets_go_nothing_is_left() throws IOException {
        Quire.interact(Quire.slider("n", 0, 10), n -> n);
        comms.model("VBoxModel").received.accept(new CommMessage(JSON.createObjectNode(), List.of(), true));
        assertThat(comms.all).allMatch(comm -> comm.isClosed);
        comms.model("IntSliderModel").update("{\"value\": 7}");
        assertThat(screen.shown(1).plain()).isEqualTo("5");
    }

    @Test
    void values_that_do_not_fit_are_not_taken() throws IOException {
        List<Object> seen = new CopyOnWriteArrayList<>();
        Quire.interact(Quire.slider("n", 0, 10), Quire.choice("c", "a", "b"), (n, c) -> seen.add(n + c));
        comms.model("IntSliderModel").update("{\"value\": 99, \"_view_name\": \"Other\", \"unknown\": 1}");
        until(() -> seen.contains("10a"));
        comms.model("DropdownModel").update("{\"index\": null}");
        until(() -> seen.size() == 3);
        assertThat(seen).containsExactly("5a", "10a", "10a");
        assertThat(comms.model("IntSliderModel").sent.get(0).path("state")).hasSize(1);
    }

    private static void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private static final class FakeScreen implements Screen {
        private final List<Display> displays = new ArrayList<>();

        synchronized Display shown(int index) {
            return displays.get(index);
        }

        @Override
        public synchronized Live show(Display display) {
            int index = displays.size();
            displays.add(display);
            return new Live() {
                @Override
                public void update(Display next) {
                    synchronized (FakeScreen.this) {
                        displays.set(index, next);
                    }
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public boolean isInteractive() {
            return true;
        }
    }

    private static final class FakeComm implements Comm {
        private final String id = java.util.UUID.randomUUID().toString();
        private final String target;
        private final ObjectNode first;
        private final ObjectNode metadata;
        private final List<ObjectNode> sent = new CopyOnWriteArrayList<>();
        private Consumer<CommMessage> received = message -> {};
        private boolean isClosed;

        FakeComm(String target, ObjectNode first, ObjectNode metadata) {
            this.target = target;
            this.first = first;
            this.metadata = metadata;
        }

        JsonNode state(String key) {
            return first.path("state").path(key);
        }

        void update(String state) throws IOException {
            receive("{\"method\": \"update\", \"buffer_paths\": [], \"state\": " + state + "}");
        }

        void receive(String data) throws IOException {
            received.accept(new CommMessage(JSON.readTree(data), List.of(), false));
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public void send(ObjectNode data, List<byte[]> buffers) {
            sent.add(data);
        }

        @Override
        public void close() {
            isClosed = true;
        }
    }

    private static final class FakeComms implements Comms {
        private final List<FakeComm> all = new ArrayList<>();
        private final Map<String, Target> targets = new LinkedHashMap<>();

        /** The newest model of a kind. */
        FakeComm model(String name) {
            return all.stream()
                    .filter(comm -> comm.state("_model_name").asText().equals(name))
                    .reduce((older, newer) -> newer)
                    .orElseThrow();
        }

        @Override
        public Comm open(
                String target,
                ObjectNode data,
                ObjectNode metadata,
                List<byte[]> buffers,
                Consumer<CommMessage> received) {
            FakeComm comm = new FakeComm(target, data, metadata);
            comm.received = received;
            all.add(comm);
            return comm;
        }

        @Override
        public void register(String target, Target answer) {
            targets.put(target, answer);
        }
    }
}
