package dev.quire.view.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.Quire;
import dev.quire.QuireException;
import dev.quire.view.Display;
import dev.quire.view.Screen;
import dev.quire.view.Screens;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FormsTest {
    @Test
    void where_nothing_can_be_moved_the_function_runs_once() throws Exception {
        List<String> shown = shown(() -> Quire.interact(
                Quire.slider("n", 0, 10).value(3), Quire.logSlider("lr", 1e-4, 1), (n, lr) -> n + " " + lr));
        assertThat(shown)
                .containsExactly(
                        """
                control  value  from
                --------------------------------------
                n        3      0 to 10
                lr       0.01   1.0E-4 to 1.0, by factors
                Another value: slider("n", 0, 10).value(...)""".replace(
                                "--------------------------------------",
                                "-".repeat(shown.get(0).lines().toList().get(1).length())),
                        "3 0.01");
    }

    @Test
    void a_button_waits_for_someone_who_can_press_it() throws Exception {
        assertThat(shown(() -> Quire.button("Train", () -> 42)))
                .containsExactly("The button Train can be pressed in a notebook; here, call what it runs.");
    }

    @Test
    void an_error_of_the_function_is_thrown_as_it_is() {
        assertThatThrownBy(() -> shown(() -> Quire.interact(Quire.toggle("on"), on -> {
                    throw new java.io.IOException("no file");
                })))
                .isExactlyInstanceOf(java.io.IOException.class);
    }

    @Test
    void controls_refuse_what_they_cannot_be() {
        assertThatThrownBy(() -> Quire.slider("n", 10, 0))
                .isInstanceOf(QuireException.class)
                .hasMessage("slider \"n\": from 10 to 0 is no range: the first must be less");
        assertThatThrownBy(() -> Quire.slider("n", 0, 10).value(11))
                .hasMessageContaining("11 does not lie between 0 and 10");
        assertThatThrownBy(() -> Quire.slider("x", 0.0, Double.NaN)).hasMessageContaining("is no range");
        assertThatThrownBy(() -> Quire.slider("x", 0.0, 1.0, 0)).hasMessageContaining("the step is 0.0");
        assertThatThrownBy(() -> Quire.logSlider("lr", 0, 1)).hasMessageContaining("factors need a start above 0");
        assertThatThrownBy(() -> Quire.choice("c")).hasMessageContaining("nothing to choose from");
        assertThatThrownBy(() -> Quire.choice("c", "a").value("b")).hasMessage("choice \"c\": b is not one of a");
    }

    private interface Work {
        void run() throws Exception;
    }

    private static List<String> shown(Work work) throws Exception {
        List<String> shown = new ArrayList<>();
        Screen screen = new Screen() {
            @Override
            public Live show(Display display) {
                shown.add(display.plain());
                return new Live() {
                    @Override
                    public void update(Display next) {}

                    @Override
                    public void close() {}
                };
            }

            @Override
            public boolean isInteractive() {
                return true;
            }
        };
        Screens.on(screen, () -> {
            work.run();
            return true;
        });
        return shown;
    }
}
