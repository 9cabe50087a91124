package dev.quire.kernel.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.kernel.session.CellResult.Done;
import dev.quire.kernel.session.CellResult.Failed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The compiler begins with few jars; cells can name what is in any. */
@Timeout(60)
class CompilePathTest {
    @Test
    void a_library_that_no_word_of_quire_names_is_found_all_the_same() throws InterruptedException {
        try (Session session = Session.open()) {
            session.run(1, "int kept = 7;");
            assertThat(session.run(2, "import org.objectweb.asm.*;\nOpcodes.ACC_PUBLIC + kept"))
                    .isInstanceOfSatisfying(
                            Done.class,
                            done -> assertThat(done.value())
                                    .extracting("object")
                                    .isEqualTo(8));
        }
    }

    @Test
    void a_package_that_is_nowhere_is_an_error() throws InterruptedException {
        try (Session session = Session.open()) {
            assertThat(session.run(1, "import no.such.place.*;"))
                    .isInstanceOfSatisfying(
                            Failed.class,
                            failed -> assertThat(failed.error().message())
                                    .contains("package no.such.place does not exist"));
        }
    }
}
