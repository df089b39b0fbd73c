package io.fieldloop.scenario.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fieldloop.qemu.runner.ProcessEmulator;
import io.fieldloop.scenario.rig.RigFactory;
import io.fieldloop.scenario.verdict.ScenarioResult;
import io.fieldloop.scenario.verdict.Verdict;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bundled suite in firmware: a case of each kind of what stands around it there. */
@Tag("qemu")
final class FirmwareSuiteTest {
    @TempDir
    Path evidence;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "front/good-configurations[front=nginx]",
                "front/proxy-protocol[front=both-told]",
                "front/upgrade-not-passed-on[front=haproxy]",
                "front/firewall-and-a-number-as-host[config=with-exception]",
                "names/server-with-ipv6-only",
                "names/address-in-the-url",
                "names/captive-portal",
                "power/file-renamed[cut=only-the-new-file-is-left]",
                "power/file-renamed[cut=folder-erased]",
                "modem/firmware-voice-through-a-modem[kind=ml307]",
                "modem/firmware-voice-through-a-modem[kind=ec801e]",
                "modem/firmware-with-a-network-card[transport=websocket]",
                "modem/firmware-with-a-network-card[transport=mqtt]",
                "modem/firmware-and-a-line-before-the-prompt[voice=udp,firmware=locks]",
            })
    void passes(String id) {
        RigFactory rigs = FirmwareForTests.rigs(new ProcessEmulator(), FirmwareForTests.assumeBuilt());
        SuiteCase one = SuiteFiles.allCases()
                .filter(any -> any.id().equals(id))
                .findFirst()
                .orElseThrow();
        String whyNot = rigs.whyNot(one.scenario());
        assumeTrue(whyNot == null || !whyNot.matches(".*(is not on this machine|has no IPv6).*"), whyNot);
        ScenarioResult result = new CaseRunner(rigs, null, System::nanoTime).run(one, evidence, entry -> {});
        assertThat(result.verdict()).as(SuiteFiles.whatFailed(result)).isEqualTo(Verdict.PASSED);
    }
}
