package dev.quire.kernel.widget;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.view.form.Choice;
import dev.quire.view.form.Control;
import dev.quire.view.form.IntSlider;
import dev.quire.view.form.Slider;
import dev.quire.view.form.TextField;
import dev.quire.view.form.Toggle;
import java.util.List;

/** Controls as the states of ipywidgets' models, and back. */
final class States {
    private static final String CONTROLS = "@jupyter-widgets/controls";
    private static final String BASE = "@jupyter-widgets/base";
    private static final String VERSION = "2.0.0";
    private static final String DIGITS = ".4g";

    private States() {}

    /** A model with a view, such as {@code FloatSlider}. */
    static ObjectNode widget(String name) {
        return named(name, CONTROLS)
                .put("_view_module", CONTROLS)
                .put("_view_module_version", VERSION)
                .put("_view_name", name + "View");
    }

    /** The look of a model, such as {@code SliderStyle}. */
    static ObjectNode style(String name) {
        return named(name, CONTROLS)
                .put("_view_module", BASE)
                .put("_view_module_version", VERSION)
                .put("_view_name", "StyleView");
    }

    /** The place of a model on the page. */
    static ObjectNode layout() {
        return named("Layout", BASE)
                .put("_view_module", BASE)
                .put("_view_module_version", VERSION)
                .put("_view_name", "LayoutView");
    }

    static ObjectNode button(String label) {
        return widget("Button")
                .put("description", label)
                .put("button_style", "primary")
                .put("disabled", false)
                .put("icon", "")
                .put("tooltip", "");
    }

    static ObjectNode column(List<String> children) {
        ObjectNode state = widget("VBox").put("box_style", "");
        children.forEach(state.putArray("children")::add);
        return state;
    }

    private static ObjectNode named(String name, String module) {
        ObjectNode state = JsonNodeFactory.instance.objectNode();
        state.put("_model_module", module)
                .put("_model_module_version", VERSION)
                .put("_model_name", name + "Model")
                .putNull("_view_count");
        return state;
    }

    static ObjectNode of(Control<?> control) {
        ObjectNode state = bare(control);
        return state.put("description", control.name()).put("disabled", false);
    }

    /** The model of a control's looks. */
    static String styleOf(Control<?> control) {
        if (control instanceof Slider || control instanceof IntSlider) {
            return "SliderStyle";
        }
        return control instanceof Toggle
                ? "CheckboxStyle"
                : control instanceof TextField ? "TextStyle" : "DescriptionStyle";
    }

    private static ObjectNode bare(Control<?> control) {
        if (control instanceof Slider slider) {
            return slider.isLog() ? logarithmic(slider) : linear(slider);
        } else if (control instanceof IntSlider slider) {
            return moving(widget("IntSlider"), "d")
                    .put("min", slider.min())
                    .put("max", slider.max())
                    .put("step", slider.step())
                    .put("value", slider.at());
        } else if (control instanceof Choice<?> choice) {
            ObjectNode state = widget("Dropdown");
            ArrayNode labels = state.putArray("_options_labels");
            choice.values().forEach(value -> labels.add(value.toString()));
            return state.put("index", choice.values().indexOf(choice.value()));
        } else if (control instanceof Toggle toggle) {
            return widget("Checkbox").put("value", toggle.isOn()).put("indent", true);
        }
        TextField field = (TextField) control;
        return widget("Text")
                .put("value", field.value())
                .put("continuous_update", false)
                .put("placeholder", "");
    }

    private static ObjectNode linear(Slider slider) {
        return moving(widget("FloatSlider"), DIGITS)
                .put("min", slider.min())
                .put("max", slider.max())
                .put("step", slider.step())
                .put("value", slider.at());
    }

    private static ObjectNode logarithmic(Slider slider) {
        return moving(widget("FloatLogSlider"), DIGITS)
                .put("base", 10.0)
                .put("min", Math.log10(slider.min()))
                .put("max", Math.log10(slider.max()))
                .put("step", slider.step())
                .put("value", slider.at());
    }

    private static ObjectNode moving(ObjectNode state, String format) {
        return state.put("continuous_update", true)
                .put("orientation", "horizontal")
                .put("readout", true)
                .put("readout_format", format)
                .put("behavior", "drag-tap");
    }

    /** The value of a control as its model has it; the control's own where the model holds none that fits. */
    static Object value(Control<?> control, Model model) {
        JsonNode value = model.value("value");
        if (control instanceof Slider slider) {
            // A logarithmic slider computes its ends from exponents.
            return value.isNumber() ? Math.min(slider.max(), Math.max(slider.min(), value.asDouble())) : slider.value();
        } else if (control instanceof IntSlider slider) {
            return value.isNumber() ? Math.min(slider.max(), Math.max(slider.min(), value.asInt())) : slider.value();
        } else if (control instanceof Choice<?> choice) {
            int index = model.value("index").asInt(-1);
            return index >= 0 && index < choice.values().size()
                    ? choice.values().get(index)
                    : choice.value();
        } else if (control instanceof Toggle) {
            return value.asBoolean();
        }
        return value.asText();
    }
}
