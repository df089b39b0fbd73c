package io.fieldloop.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;

/** The packages of the gateway know each other in one direction only. */
final class ServerArrowsTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.fieldloop.server");

    @Test
    void packagesHaveNoCycles() {
        SlicesRuleDefinition.slices()
                .assignedFrom(new EachPackage())
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void eventsKnowNothingOfTheGateway() {
        noClasses()
                .that()
                .resideInAPackage("io.fieldloop.server.event")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.fieldloop.server")
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.fieldloop.server.connection..",
                        "io.fieldloop.server.fault..",
                        "io.fieldloop.server.session..",
                        "io.fieldloop.server.websocket..",
                        "io.fieldloop.server.mqtt..",
                        "io.fieldloop.server.voice..",
                        "io.fieldloop.server.tls..",
                        "io.fieldloop.server.pki..",
                        "io.fieldloop.server.admin..")
                .check(CLASSES);
    }

    @Test
    void aSessionKnowsNoWireFormat() {
        noClasses()
                .that()
                .resideInAPackage("io.fieldloop.server.session..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.netty.handler..")
                .check(CLASSES);
    }

    @Test
    void voiceKnowsNothingOfWhatIsSaidOrOfMqtt() {
        noClasses()
                .that()
                .resideInAPackage("io.fieldloop.server.voice..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.fieldloop.server.session..", "io.fieldloop.server.mqtt..", "io.netty.handler.codec.mqtt..")
                .check(CLASSES);
    }

    /** The root package is one of them, which a pattern with a package below it would leave out. */
    private static final class EachPackage implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
            return SliceIdentifier.of(javaClass.getPackageName());
        }

        @Override
        public String getDescription() {
            return "each package of the gateway";
        }
    }
}
