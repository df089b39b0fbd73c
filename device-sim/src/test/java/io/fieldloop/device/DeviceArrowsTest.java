package io.fieldloop.device;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The arrows inside this module: no circle, and nothing but users above the public API. */
final class DeviceArrowsTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.fieldloop.device");

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.fieldloop.device.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void nothingInsideKnowsThePublicApi() {
        noClasses()
                .that()
                .resideInAPackage("io.fieldloop.device.*..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.fieldloop.device")
                .check(CLASSES);
    }

    @Test
    void eventsKnowNothingElseOfOurs() {
        noClasses()
                .that()
                .resideInAPackage("io.fieldloop.device.event")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.fieldloop.device.attempt..", "io.fieldloop.device.link..")
                .check(CLASSES);
    }
}
