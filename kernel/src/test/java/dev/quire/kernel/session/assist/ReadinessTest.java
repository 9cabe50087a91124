package dev.quire.kernel.session.assist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.kernel.session.Session;
import dev.quire.kernel.session.assist.Readiness.State;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whether a text can be run, and how its next line begins. */
class ReadinessTest {
    private static Session session;

    @BeforeAll
    static void open() throws InterruptedException {
        session = Session.open();
    }

    @AfterAll
    static void close() {
        session.close();
    }

    @Test
    void whole_snippets_are_complete() {
        for (String text : new String[] {
            "", "1 + 1", "var x = 3;", "int f() {\n    return 1;\n}\nf()", "var a = 1;\nvar b = 2\na + b", "// words"
        }) {
            assertThat(session.assistant().readiness(text).state()).as(text).isEqualTo(State.COMPLETE);
        }
    }

    @Test
    void an_open_bracket_indents_the_next_line_by_one_step() {
        assertThat(session.assistant().readiness("for (int i = 0; i < 3; i++) {"))
                .isEqualTo(new Readiness(State.INCOMPLETE, "    "));
        assertThat(session.assistant().readiness("var net = sequential("))
                .isEqualTo(new Readiness(State.INCOMPLETE, "    "));
        assertThat(session.assistant().readiness("class A {\n    void f() {\n        if (true) {"))
                .isEqualTo(new Readiness(State.INCOMPLETE, "            "));
        assertThat(session.assistant().readiness("class A {\n    void f() {\n        int x;\n    }"))
                .isEqualTo(new Readiness(State.INCOMPLETE, "    "));
        assertThat(session.assistant()
                        .readiness("int x = 1;\nvar net = sequential(\n    conv(3, 3, \"(\"), // {\n    relu(),"))
                .isEqualTo(new Readiness(State.INCOMPLETE, "    "));
    }

    @Test
    void two_brackets_opened_in_one_line_are_one_step() {
        assertThat(session.assistant().readiness("run(() -> {")).isEqualTo(new Readiness(State.INCOMPLETE, "    "));
    }

    @Test
    void magics_and_questions_are_no_java() {
        assertThat(session.assistant().readiness("%time\nvar x = 1;").state()).isEqualTo(State.COMPLETE);
        assertThat(session.assistant().readiness("conv?").state()).isEqualTo(State.COMPLETE);
        assertThat(session.assistant().readiness("%%bash\nfor x in 1 2; do").state())
                .isEqualTo(State.COMPLETE);
        assertThat(session.assistant().readiness("%maven a:b:1\nif (true) {"))
                .isEqualTo(new Readiness(State.INCOMPLETE, "    "));
    }

    @Test
    void nonsense_is_invalid() {
        assertThat(session.assistant().readiness("var = ;").state()).isEqualTo(State.INVALID);
    }

    @Test
    void the_head_of_a_loop_waits_for_its_body() {
        assertThat(session.assistant()
                        .readiness("var a = 1;\nfor (int i = 0; i < 3; i++)")
                        .state())
                .isEqualTo(State.INCOMPLETE);
        assertThat(session.assistant().readiness("while (true)\n    break;").state())
                .isEqualTo(State.COMPLETE);
    }
}
