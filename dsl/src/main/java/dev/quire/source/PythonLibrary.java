package dev.quire.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Python that is the same in every file: small modules that {@code torch.nn} does not have, and reading weights. */
final class PythonLibrary {
    /** What modules and dictionaries of modules have already. */
    static final Set<String> TAKEN = Set.of(
            "add_module",
            "append",
            "apply",
            "bfloat16",
            "buffers",
            "call_super_init",
            "children",
            "clear",
            "compile",
            "cpu",
            "cuda",
            "double",
            "dump_patches",
            "eval",
            "extend",
            "extra_repr",
            "float",
            "forward",
            "get_buffer",
            "get_extra_state",
            "get_parameter",
            "get_submodule",
            "half",
            "insert",
            "ipu",
            "items",
            "keys",
            "load_state_dict",
            "modules",
            "mtia",
            "named_buffers",
            "named_children",
            "named_modules",
            "named_parameters",
            "parameters",
            "pop",
            "register_backward_hook",
            "register_buffer",
            "register_forward_hook",
            "register_forward_pre_hook",
            "register_full_backward_hook",
            "register_full_backward_pre_hook",
            "register_load_state_dict_post_hook",
            "register_load_state_dict_pre_hook",
            "register_module",
            "register_parameter",
            "register_state_dict_post_hook",
            "register_state_dict_pre_hook",
            "requires_grad_",
            "set_extra_state",
            "set_submodule",
            "share_memory",
            "state_dict",
            "to",
            "to_empty",
            "train",
            "training",
            "type",
            "update",
            "values",
            "xpu",
            "zero_grad");

    private static final Pattern NAME = Pattern.compile("^(?:class|def) (\\w+)\\(");
    private static final Map<String, String> CLASSES = classes();

    private PythonLibrary() {}

    private static Map<String, String> classes() {
        Map<String, String> out = new LinkedHashMap<>();
        for (String text : resource("modules.py").strip().split("\n\n\n")) {
            Matcher name = NAME.matcher(text);
            if (!name.find()) {
                throw new IllegalStateException("no class: " + text);
            }
            out.put(name.group(1), text);
        }
        return out;
    }

    /** One of the files beside this class. */
    static String resource(String name) {
        try (InputStream in = PythonLibrary.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a class of a layer may not have this name. */
    static boolean isTaken(String name) {
        return CLASSES.containsKey(name)
                || Set.of("Network", "Layers", "OrderedDict", "F", "True", "False", "None")
                        .contains(name);
    }

    /** The classes of these names, in their order. */
    static List<String> texts(Set<String> names) {
        List<String> out = new ArrayList<>();
        CLASSES.forEach((name, text) -> {
            if (names.contains(name)) {
                out.add(text);
            }
        });
        return out;
    }
}
