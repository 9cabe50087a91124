package dev.quire.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.quire.server.http.Token;
import java.security.MessageDigest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Dependencies point one way. */
class ArrowsTest {
    private static final JavaClasses QUIRE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.quire");

    @Test
    void the_language_and_the_engine_know_no_server() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.quire.server..", "dev.quire.kernel..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.quire.server..")
                .check(QUIRE);
    }

    @Test
    void javalin_and_jetty_are_known_to_the_server_alone() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.quire.server..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..")
                .check(QUIRE);
    }

    @Test
    void libtorch_is_asked_through_the_engine_alone() {
        noClasses()
                .that()
                .resideInAPackage("dev.quire.server..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("ai.djl..", "tech.tablesaw..", "org.knowm..")
                .check(QUIRE);
    }

    @Test
    void tokens_are_compared_in_a_time_that_tells_nothing_of_them() {
        classes()
                .that()
                .haveFullyQualifiedName(Token.class.getName())
                .should()
                .callMethod(MessageDigest.class, "isEqual", byte[].class, byte[].class)
                .check(QUIRE);
        for (String each : List.of("guard.Access", "page.DrawingServer")) {
            classes()
                    .that()
                    .haveFullyQualifiedName("dev.quire.server." + each)
                    .should()
                    .callMethod(Token.class, "isEqual", String.class, String.class)
                    .check(QUIRE);
        }
    }

    @Test
    void packages_form_no_circles() {
        slices().matching("dev.quire.server.(**)").should().beFreeOfCycles().check(QUIRE);
    }
}
