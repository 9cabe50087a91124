package dev.quire.view.form;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Controls, and what is done with their values.
 *
 * @param button what stands on the button that runs the action; empty where it runs at each change
 * @param action takes the values in the order of the controls
 */
public record Form(String button, List<Control<?>> controls, Action action) {
    public Form {
        controls = List.copyOf(controls);
    }

    /** What is done with the values; what it gives is shown, unless null. */
    @FunctionalInterface
    public interface Action {
        @Nullable
        Object run(List<Object> values) throws Exception;
    }

    /** A function of one value. */
    @FunctionalInterface
    public interface One<A> {
        @Nullable
        Object apply(A a) throws Exception;
    }

    /** A function of two values. */
    @FunctionalInterface
    public interface Two<A, B> {
        @Nullable
        Object apply(A a, B b) throws Exception;
    }

    /** A function of three values. */
    @FunctionalInterface
    public interface Three<A, B, C> {
        @Nullable
        Object apply(A a, B b, C c) throws Exception;
    }

    /** A function of four values. */
    @FunctionalInterface
    public interface Four<A, B, C, D> {
        @Nullable
        Object apply(A a, B b, C c, D d) throws Exception;
    }

    /** Whether the action runs only when its button is pressed. */
    public boolean hasButton() {
        return !button.isEmpty();
    }

    public static <A> Form of(String button, Control<A> a, One<A> function) {
        return new Form(button, List.of(a), values -> function.apply(at(a, values, 0)));
    }

    public static <A, B> Form of(String button, Control<A> a, Control<B> b, Two<A, B> function) {
        return new Form(button, List.of(a, b), values -> function.apply(at(a, values, 0), at(b, values, 1)));
    }

    public static <A, B, C> Form of(String button, Control<A> a, Control<B> b, Control<C> c, Three<A, B, C> function) {
        return new Form(
                button,
                List.of(a, b, c),
                values -> function.apply(at(a, values, 0), at(b, values, 1), at(c, values, 2)));
    }

    public static <A, B, C, D> Form of(
            String button, Control<A> a, Control<B> b, Control<C> c, Control<D> d, Four<A, B, C, D> function) {
        return new Form(
                button,
                List.of(a, b, c, d),
                values -> function.apply(at(a, values, 0), at(b, values, 1), at(c, values, 2), at(d, values, 3)));
    }

    /** The values that the controls begin with. */
    public List<Object> defaults() {
        return controls.stream().<Object>map(Control::value).toList();
    }

    /** A front end gives each control a value of the control's own type, which the control stands for here. */
    @SuppressWarnings({"unchecked", "UnusedVariable"})
    private static <T> T at(Control<T> control, List<Object> values, int index) {
        return (T) values.get(index);
    }
}
