package dev.quire.kernel;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Dependencies point one way. */
class ArrowsTest {
    private static final JavaClasses QUIRE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.quire");

    @Test
    void the_language_and_the_engine_know_no_front_end() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.quire.kernel..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.quire.kernel..")
                .check(QUIRE);
    }

    @Test
    void jshell_is_known_to_the_session_and_the_shell_alone() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.quire.kernel.session..", "dev.quire.kernel.shell..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jdk.jshell..")
                .check(QUIRE);
    }

    @Test
    void only_the_prompt_edits_lines() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.quire.kernel.shell..", "dev.quire.kernel.terminal..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.jline..")
                .check(QUIRE);
    }

    @Test
    void the_prompt_is_known_to_the_command_line_alone() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.quire.kernel.shell..", "dev.quire.kernel.command..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.quire.kernel.shell..")
                .check(QUIRE);
    }

    @Test
    void classes_are_rewritten_in_one_place() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.quire.kernel.session.weave")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.objectweb.asm..")
                .check(QUIRE);
    }

    @Test
    void what_is_woven_into_cells_knows_nothing_of_the_session() {
        noClasses()
                .that()
                .resideInAPackage("dev.quire.kernel.session.weave")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.quire.kernel.session", "jdk.jshell..")
                .check(QUIRE);
    }

    @Test
    void the_session_knows_neither_notebook_files_nor_the_command_line() {
        noClasses()
                .that()
                .resideInAPackage("dev.quire.kernel.session..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.quire.kernel.notebook..", "dev.quire.kernel.command..", "dev.quire.kernel.shell..")
                .check(QUIRE);
    }

    @Test
    void libtorch_is_asked_through_the_engine_alone() {
        noClasses()
                .that()
                .resideInAPackage("dev.quire.kernel..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("ai.djl..", "tech.tablesaw..", "org.knowm..")
                .check(QUIRE);
    }

    @Test
    void only_the_jupyter_kernel_speaks_zeromq() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.quire.kernel.jupyter..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.zeromq..")
                .check(QUIRE);
    }

    @Test
    void nothing_but_the_command_line_knows_jupyter() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.quire.kernel.jupyter..", "dev.quire.kernel.command..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.quire.kernel.jupyter..")
                .check(QUIRE);
    }

    @Test
    void the_kernelspec_is_files_alone() {
        noClasses()
                .that()
                .resideInAPackage("dev.quire.kernel.kernelspec..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.quire.kernel.session..", "dev.quire.kernel.jupyter..", "dev.quire.kernel.command..")
                .check(QUIRE);
    }

    @Test
    void maven_is_known_to_its_magic_alone() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.quire.kernel.interpreter.magic.maven..")
                .or()
                .haveSimpleName("MavenMagic")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("eu.maveniverse..", "org.eclipse.aether..", "org.apache.maven..")
                .because("nothing of Maven is loaded before a cell asks for it")
                .check(QUIRE);
    }

    @Test
    void magics_know_the_session_but_not_what_reads_the_cell() {
        noClasses()
                .that()
                .resideInAPackage("dev.quire.kernel.interpreter.magic..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.quire.kernel.interpreter", "dev.quire.kernel.notebook..", "dev.quire.kernel.jupyter..")
                .check(QUIRE);
    }

    @Test
    void widgets_know_comms_but_not_what_carries_them() {
        noClasses()
                .that()
                .resideInAPackage("dev.quire.kernel.widget..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.quire.kernel.jupyter..", "dev.quire.kernel.session..", "dev.quire.kernel.interpreter..")
                .check(QUIRE);
    }

    @Test
    void a_replay_knows_notebooks_and_records_but_neither_jupyter_nor_the_command_line() {
        noClasses()
                .that()
                .resideInAPackage("dev.quire.kernel.replay..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.quire.kernel.jupyter..", "dev.quire.kernel.command..", "dev.quire.kernel.shell..")
                .check(QUIRE);
    }
}
