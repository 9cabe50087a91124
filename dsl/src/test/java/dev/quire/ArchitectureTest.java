package dev.quire;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between the packages. */
@AnalyzeClasses(packages = "dev.quire", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule only_the_engine_knows_djl = noClasses()
            .that()
            .resideOutsideOfPackages("dev.quire.engine..", "dev.quire.text..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.djl..");

    @ArchTest
    static final ArchRule only_text_knows_tokenizers = noClasses()
            .that()
            .resideOutsideOfPackage("dev.quire.text..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.djl.huggingface..");

    /** Tokens are made without an engine; data knows what reads text by an interface of its own. */
    @ArchTest
    static final ArchRule text_stands_on_data_and_views = classes()
            .that()
            .resideInAPackage("dev.quire.text..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.quire",
                    "dev.quire.text..",
                    "dev.quire.data..",
                    "dev.quire.view..",
                    "ai.djl.huggingface..",
                    "com.fasterxml.jackson..",
                    "java..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule only_inference_knows_onnx_runtime = noClasses()
            .that()
            .resideOutsideOfPackage("dev.quire.inference..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.onnxruntime..");

    /** Runs are made without knowing that they are served; models are what comes after. */
    @ArchTest
    static final ArchRule nothing_below_knows_inference = noClasses()
            .that()
            .resideInAnyPackage("dev.quire.run..", "dev.quire.train..", "dev.quire.engine..", "dev.quire.store..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.quire.inference..");

    @ArchTest
    static final ArchRule only_views_know_xchart = noClasses()
            .that()
            .resideOutsideOfPackage("dev.quire.view..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.knowm..");

    @ArchTest
    static final ArchRule only_onnx_knows_its_wire_format = noClasses()
            .that()
            .resideOutsideOfPackage("dev.quire.compile.onnx..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.google.protobuf..");

    @ArchTest
    static final ArchRule only_the_manual_knows_the_compiler = noClasses()
            .that()
            .resideOutsideOfPackage("dev.quire.manual..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.sun.source..", "javax.tools..");

    @ArchTest
    static final ArchRule the_manual_reads_sources_and_knows_views_alone = classes()
            .that()
            .resideInAPackage("dev.quire.manual..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.quire",
                    "dev.quire.manual..",
                    "dev.quire.view..",
                    "java..",
                    "javax.lang.model..",
                    "javax.tools..",
                    "com.sun.source..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule only_the_index_of_runs_knows_sql = noClasses()
            .that()
            .haveNameNotMatching("dev\\.quire\\.run\\.Run(Index|Database)(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "org.sqlite..");

    /** Runs answer {@code metrics()} and {@code table()} with a Tablesaw table, so their signatures name one. */
    @ArchTest
    static final ArchRule only_views_and_the_signatures_of_runs_know_tablesaw = noClasses()
            .that()
            .resideOutsideOfPackage("dev.quire.view..")
            .and()
            .doNotHaveFullyQualifiedName("dev.quire.run.Run")
            .and()
            .doNotHaveFullyQualifiedName("dev.quire.run.RunList")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("tech.tablesaw..");

    @ArchTest
    static final ArchRule what_is_only_description_loads_no_native_library = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.quire.graph..",
                    "dev.quire.model..",
                    "dev.quire.compile..",
                    "dev.quire.data..",
                    "dev.quire.metric..",
                    "dev.quire.pretrained..",
                    "dev.quire.view..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.quire.engine..", "dev.quire.train..", "dev.quire.run..");

    @ArchTest
    static final ArchRule the_graph_knows_nothing_above_it = classes()
            .that()
            .resideInAPackage("dev.quire.graph..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.quire", "dev.quire.graph..", "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule printers_know_the_graph_alone = noClasses()
            .that()
            .resideInAPackage("dev.quire.compile..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.quire.model..", "dev.quire.data..", "dev.quire.view..", "dev.quire.metric..");

    @ArchTest
    static final ArchRule the_facade_is_used_by_nobody_here = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("dev.quire.Quire")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("dev.quire.Quire");

    /** A run hands over what is read of its record: archives, pages and other formats are made from that alone. */
    @ArchTest
    static final ArchRule what_is_made_of_runs_knows_no_run = noClasses()
            .that()
            .resideInAnyPackage("dev.quire.run.record..", "dev.quire.run.export..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.quire.run", "dev.quire.run.replay..");

    @ArchTest
    static final ArchRule runs_do_not_know_that_they_are_replayed = noClasses()
            .that()
            .resideInAPackage("dev.quire.run")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.quire.run.replay..");

    @ArchTest
    static final ArchRule packages_form_no_circles =
            slices().matching("dev.quire.(*)..").should().beFreeOfCycles();

    /** The words of a dataset load pictures and tables and transform them, and these are made of datasets again. */
    @ArchTest
    static final ArchRule packages_within_packages_form_no_circles = slices().matching("dev.quire.(**)")
            .should()
            .beFreeOfCycles()
            .ignoreDependency(resideInAPackage("dev.quire.data.."), resideInAPackage("dev.quire.data.."));
}
