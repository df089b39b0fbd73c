package io.fieldloop.scenario.rig.against;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.scenario.adversary.TargetPolicy;
import io.fieldloop.scenario.loader.LoadResult;
import io.fieldloop.scenario.loader.ScenarioLoader;
import io.fieldloop.scenario.model.Scenario;
import io.fieldloop.scenario.rig.ForeignGateway;
import io.fieldloop.scenario.rig.Rig;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgainstFitTest {
    private static final String DOOR = "devices: { door: {} }\n";
    private static final String SCAN =
            DOOR + "adversaries: { scan: { probe: rdp-mstshash, to: wss, rate: 1/s, count: 1 } }\n";

    @Test
    void aScenarioOfDevicesAndLinksFits() {
        assertThat(whyNot(DOOR + "link: cat1-edge\nsteps: [{ connect: door }, { outage: 1s }]\n", "127.0.0.1"))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gateway: { tls: [TLSv1.3] } | it sets the gateway's `tls`, and the gateway of --against takes no orders",
                "gateway: { certificate: { defect: expired } } | it sets the gateway's `certificate`, and the",
                "gateway: { limits: { hello: 3s } } | it sets the gateway's `limits`, and the",
                "gateway: { faults: [{ do: omit-hello }] } | it sets the gateway's `faults`, and the",
                "front: nginx | it has a front of its own, and what",
                "steps: [{ connect: door }, { restart-gateway: {} }] | it has the step `restart-gateway`, and the"
            })
    void ordersToTheGatewayDoNot(String part, String why) {
        assertThat(whyNot(DOOR + part + "\n", "127.0.0.1")).startsWith(why);
    }

    @Test
    void aDeviceOfAnotherListenerDoesNot() {
        assertThat(whyNot("devices: { door: { url: 'ws://gateway.test:8000/xiaozhi/v1/' } }\n", "127.0.0.1"))
                .isEqualTo(
                        "door dials ws://gateway.test:8000/xiaozhi/v1/, and no ws:// address is given with --against");
    }

    @Test
    void aDeviceThatAsksAnOtaServerOrSpeaksMqttNeedsItsAddress() {
        assertThat(whyNot("devices: { door: { ota: {} } }\ngateway: { ota: {} }\n", "127.0.0.1"))
                .isEqualTo(
                        "door asks at http://gateway.test:8002/xiaozhi/ota/, and no OTA address is given with --against");
        assertThat(whyNot("devices: { door: { mqtt: {} } }\n", "127.0.0.1"))
                .isEqualTo("door connects to gateway.test:1883, and no mqtt:// address is given with --against");
        assertThat(whyNot(
                        "devices: { door: { mqtt: { endpoint: 'elsewhere:1883', password: valid } } }\n", "127.0.0.1"))
                .isEqualTo("door needs a password the gateway signed; give its key with --mqtt-key");
    }

    @Test
    void tokensThatOnlyTheGatewayCouldMakeDoNot() {
        assertThat(whyNot("devices: { door: { token: expired } }\n", "127.0.0.1"))
                .isEqualTo("door's token is to be `expired`, and only the gateway's own key could make one");
        assertThat(whyNot("devices: { door: { token: valid } }\n", "127.0.0.1"))
                .isEqualTo("door needs a token the gateway takes; give it with --token");
    }

    @Test
    void hostileTrafficStaysAtHome() {
        assertThat(whyNot(SCAN, "127.0.0.1")).isNull();
        assertThat(whyNot(SCAN, "192.168.1.9")).isNull();
        assertThat(whyNot(SCAN, "8.8.8.8"))
                .isEqualTo("it sends hostile traffic, and voice.example is beyond loopback and private networks;"
                        + " --i-own-this-host says that you may");
    }

    @Test
    void nominalUrlsBecomeThoseOfTheGateway() {
        ForeignGateway gateway = gateway("127.0.0.1");
        assertThat(gateway.urlFor("wss://gateway.test/xiaozhi/v1/")).isEqualTo("wss://voice.example:8443/voice/");
        assertThat(gateway.urlFor("wss://gateway.test/other")).isEqualTo("wss://voice.example:8443/other");
        assertThat(gateway.urlFor("ws://gateway.test:443/xiaozhi/v1/")).isEqualTo("ws://voice.example:8443/voice/");
        assertThat(gateway.urlFor("wss://gateway.test:9/")).isEqualTo("wss://gateway.test:9/");
        assertThat(gateway.urlFor("wss://nowhere.test/")).isEqualTo("wss://nowhere.test/");
    }

    private static String whyNot(String parts, String address) {
        LoadResult loaded = new ScenarioLoader()
                .load("fit.yaml", "scenario: fit\n" + parts + "expect: [{ device: door, is: online }]\n");
        assertThat(loaded).as(parts).isInstanceOf(LoadResult.Ready.class);
        Scenario scenario = ((LoadResult.Ready) loaded).cases().get(0);
        return new AgainstFit(gateway(address), TargetPolicy.PRIVATE).whyNot(scenario);
    }

    private static ForeignGateway gateway(String address) {
        return new ForeignGateway(
                Map.of(
                        Rig.WSS,
                        new ForeignGateway.Listener(
                                "voice.example", 8443, new InetSocketAddress(address, 8443), "/voice/")),
                List.of(),
                null,
                null);
    }
}
