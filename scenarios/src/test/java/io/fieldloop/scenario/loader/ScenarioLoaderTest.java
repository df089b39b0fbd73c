package io.fieldloop.scenario.loader;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.scenario.model.DeviceStatus;
import io.fieldloop.scenario.model.Expectation;
import io.fieldloop.scenario.model.Scenario;
import io.fieldloop.scenario.model.Step;
import io.fieldloop.scenario.model.value.Anchor;
import io.fieldloop.scenario.model.value.Validity;
import io.fieldloop.scenario.shape.Names;
import io.fieldloop.scenario.shape.yaml.SourcePosition;
import io.fieldloop.server.fault.HelloFault;
import io.fieldloop.server.fault.SessionFault;
import io.fieldloop.server.fault.UpgradeFault;
import io.fieldloop.server.tls.TlsVersion;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScenarioLoaderTest {
    private static final String DESIGN_EXAMPLE = """
            # fieldloop run scenarios/suite/tls/certificate-expires-in-the-field.yaml
            scenario: The server certificate expires while devices are in the field
            why: Renewal failed. Devices that check dates drop off at the next reconnect, modem devices do not notice.
            tags: [tls, certificate]
            seed: 7

            gateway:
              certificate: { valid: [-89d, +10m] }        # minted for this run; never stored
              tls: [TLSv1.2]
            link: cat1-typical                            # a preset with sources, or inline values

            devices:
              door:  { profile: xiaozhi-wifi, checks-dates: true }
              gate:  { profile: xiaozhi-ml307 }           # a 4G modem that verifies nothing

            steps:
              - connect: [door, gate]
              - at: 11m
                reconnect: [door, gate]
                as: after-expiry
              - renew-certificate: { valid: [0, +90d] }
              - reconnect: door

            expect:
              - { device: door, is: online, within: 5s }
              - { device: door, is: refused, reason: certificate-expired, code: -0x2700, after: 11m }
              - { device: gate, is: online, after: after-expiry }
              - { device: door, is: online, after: renew-certificate, within: 10s }
            """;

    private final ScenarioLoader loader = new ScenarioLoader();

    @Test
    void readsTheExampleOfTheDesign() {
        Scenario scenario = only(DESIGN_EXAMPLE);

        assertThat(scenario.name()).hasToString("x");
        assertThat(scenario.seed()).isEqualTo(7);
        assertThat(scenario.gateway().tls()).containsExactly(TlsVersion.TLSv1_2);
        assertThat(scenario.gateway().certificate().valid())
                .isEqualTo(new Validity(Duration.ofDays(-89), Duration.ofMinutes(10)));
        assertThat(scenario.devices()).containsOnlyKeys("door", "gate");
        assertThat(scenario.devices().get("door").checksDates()).isTrue();
        assertThat(scenario.devices().get("gate").checksDates()).isNull();
        assertThat(scenario.devices().get("gate").position()).isEqualTo(new SourcePosition("x.yaml", 14, 10));
        assertThat(scenario.steps().get(1).at()).isEqualTo(Duration.ofMinutes(11));
        assertThat(scenario.steps().get(1).step()).isEqualTo(new Step.Reconnect(Names.of("door", "gate")));
        Expectation.Device refused = (Expectation.Device) scenario.expect().get(1);
        assertThat(refused.is()).isEqualTo(DeviceStatus.REFUSED);
        assertThat(refused.code()).isEqualTo("-0x2700");
        assertThat(refused.window().after()).isEqualTo(new Anchor(Duration.ofMinutes(11), null));
        assertThat(refused.text())
                .hasToString("{ device: door, is: refused, reason: certificate-expired, code: -0x2700, after: 11m }");
    }

    @Test
    void fillsInWhatAFiveLineFileLeavesOut() {
        Scenario scenario = only("""
                scenario: A device connects
                devices:
                  door: {}
                expect:
                  - { device: door, is: online }
                """);

        assertThat(scenario.seed()).isEqualTo(1);
        assertThat(scenario.devices().get("door").url()).isEqualTo("wss://gateway.test/xiaozhi/v1/");
        assertThat(scenario.steps()).extracting(step -> step.step()).containsExactly(new Step.Connect(Names.of("all")));
        assertThat(scenario.gateway().limits().refusalsPerSource()).hasToString("20/10s");
        assertThat(scenario.gateway().ping()).isNull();
        assertThat(scenario.link().base()).isEqualTo("none");
    }

    @Test
    void bindsFaultsToTheRecordsOfTheGateway() {
        Scenario scenario = only("""
                scenario: Faults
                devices: { door: {} }
                gateway:
                  faults:
                    - { do: redirect, to: wss://gateway.test/, connections: 1..1 }
                    - { do: header-case, style: sec-websocket-lower, connections: 2.. }
                    - { do: hello-transport }
                    - { do: close-session, code: 1013 }
                expect: [{ device: all, is: online }]
                """);

        assertThat(scenario.gateway().faults())
                .extracting(fault -> (Object) fault.action())
                .containsExactly(
                        new UpgradeFault.Redirect("wss://gateway.test/", 301),
                        new UpgradeFault.HeaderCase(UpgradeFault.HeaderCase.Style.SEC_WEBSOCKET_LOWER),
                        new HelloFault.HelloTransport(null),
                        new SessionFault.CloseSession(1013, Duration.ZERO));
        assertThat(scenario.gateway().faults().get(0).connections().to()).isEqualTo(1);
    }

    @Test
    void unfoldsGroupsOfDevices() {
        Scenario scenario = only("""
                scenario: A storm
                devices:
                  door: {}
                  fleet: { count: 3, headers: { Device-Id: null, X-Test: 1 } }
                steps:
                  - connect: [fleet, door]
                  - disconnect: fleet#2
                expect: [{ device: fleet#3, is: online }]
                """);

        assertThat(scenario.deviceNames(Names.of("fleet"))).containsExactly("fleet#1", "fleet#2", "fleet#3");
        assertThat(scenario.deviceNames(Names.of("all"))).startsWith("door").hasSize(4);
        assertThat(scenario.devices().get("fleet").headers())
                .containsEntry("Device-Id", null)
                .containsEntry("X-Test", "1");
    }

    private Scenario only(String text) {
        List<Scenario> cases = cases(text);
        assertThat(cases).hasSize(1);
        return cases.get(0);
    }

    private List<Scenario> cases(String text) {
        LoadResult result = loader.load("x.yaml", text);
        assertThat(result).as("%s", result).isInstanceOf(LoadResult.Ready.class);
        return ((LoadResult.Ready) result).cases();
    }
}
