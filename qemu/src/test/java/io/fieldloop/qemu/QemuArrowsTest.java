package io.fieldloop.qemu;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The arrows inside this module: no circle of packages. */
final class QemuArrowsTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.fieldloop.qemu");

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.fieldloop.qemu.(**)").should().beFreeOfCycles().check(CLASSES);
    }
}
