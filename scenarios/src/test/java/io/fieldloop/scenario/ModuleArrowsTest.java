package io.fieldloop.scenario;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The arrows of DESIGN section 1: gateway and device do not know each other, and nothing knows the scenarios. */
final class ModuleArrowsTest {
    private static final String SERVER = "io.fieldloop.server..";
    private static final String DEVICE = "io.fieldloop.device..";
    private static final String QEMU = "io.fieldloop.qemu..";
    private static final String SCENARIO = "io.fieldloop.scenario..";

    // Read once for all tests: the modules' classes as Maven put them on the class path.
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.fieldloop");

    @Test
    void gatewayKnowsNoOtherModule() {
        noClasses()
                .that()
                .resideInAPackage(SERVER)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(DEVICE, QEMU, SCENARIO)
                .check(CLASSES);
    }

    @Test
    void deviceKnowsNoOtherModule() {
        noClasses()
                .that()
                .resideInAPackage(DEVICE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(SERVER, QEMU, SCENARIO)
                .check(CLASSES);
    }

    @Test
    void firmwareKnowsAtMostTheDeviceSide() {
        noClasses()
                .that()
                .resideInAPackage(QEMU)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(SERVER, SCENARIO)
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void onlyTheCommandLineKnowsTheCommandLine() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.fieldloop.scenario.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.fieldloop.scenario.cli..")
                .check(CLASSES);
    }

    /** Kinds of entries are named by the records they are read off, and by nothing else of those modules. */
    @Test
    void judgementLooksAtNothingButJournalAndModel() {
        noClasses()
                .that()
                .resideInAPackage("io.fieldloop.scenario.expect..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                                SERVER, DEVICE, "io.fieldloop.scenario.engine..", "io.fieldloop.scenario.rig..")
                        .and(resideOutsideOfPackage("..event")))
                .check(CLASSES);
    }

    @Test
    void theLanguageOfFilesKnowsNoScenario() {
        noClasses()
                .that()
                .resideInAPackage("io.fieldloop.scenario.shape..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("io.fieldloop..").and(resideOutsideOfPackage("io.fieldloop.scenario.shape..")))
                .check(CLASSES);
    }

    @Test
    void packagesOfTheScenariosModuleHaveNoCycles() {
        slices().matching("io.fieldloop.scenario.(**)")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }
}
