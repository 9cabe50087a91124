package dev.quire.view.form;

/** How forms are shown in this process: as text, until a front end says otherwise. */
public final class Forms {
    private static Presenter current = new PlainForms();

    private Forms() {}

    /** Shows forms. */
    @FunctionalInterface
    public interface Presenter {
        /**
         * Shows a form and runs its action for the first time, unless it waits for a button.
         *
         * @throws Exception what the action throws at that
         */
        void show(Form form) throws Exception;
    }

    /** How forms are shown from now on; gives how they were. */
    public static synchronized Presenter use(Presenter presenter) {
        Presenter before = current;
        current = presenter;
        return before;
    }

    private static synchronized Presenter current() {
        return current;
    }

    /** Shows a form; what its action throws at first is thrown on, whatever it is. */
    public static void show(Form form) {
        try {
            current().show(form);
        } catch (Exception e) {
            throw Forms.<RuntimeException>same(e);
        }
    }

    /** A cell may throw anything; wrapping it would hide the user's own error. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Exception> E same(Exception e) throws E {
        throw (E) e;
    }
}
