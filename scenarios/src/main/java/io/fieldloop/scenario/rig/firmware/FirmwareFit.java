package io.fieldloop.scenario.rig.firmware;

import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.FailureReason;
import io.fieldloop.device.link.profile.Access;
import io.fieldloop.device.link.profile.LinkProfile;
import io.fieldloop.device.link.profile.LinkProfiles;
import io.fieldloop.qemu.console.ConsoleControls;
import io.fieldloop.scenario.catalogue.EventCatalogue;
import io.fieldloop.scenario.model.DeviceStatus;
import io.fieldloop.scenario.model.Expectation;
import io.fieldloop.scenario.model.FirmwareSpec;
import io.fieldloop.scenario.model.Scenario;
import io.fieldloop.scenario.model.Step;
import io.fieldloop.scenario.model.device.DeviceSpec;
import io.fieldloop.scenario.model.device.LinkSpec;
import io.fieldloop.scenario.rig.socket.LoopbackStage;
import io.fieldloop.server.tls.TlsVersion;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells which scenarios firmware can play. */
final class FirmwareFit {
    /** A machine is 40 MB and, in a TLS handshake, most of a core. */
    static final int DEVICES_MAX = 12;

    private static final String INTERRUPTED =
            EventCatalogue.of(DeviceEvent.TurnInterrupted.class).kind();

    private static final String NOT_ASKED =
            "a firmware of yours is led to the gateway, and asks no OTA server of the run";

    private static final String DESKTOP = "strict-rfc6455";

    /** What it is on a modem that its case describes: esp-ml307 3.7 takes no silence for success, and neither does the firmware. */
    private static final String MODEM = "xiaozhi-ml307-net-3.7";

    /** What the reference firmware can be. */
    private static final Set<String> REFERENCE_PROFILES = Set.of(
            "xiaozhi-wifi",
            "xiaozhi-wifi-strict-time",
            "xiaozhi-wifi-2.2",
            MODEM,
            "esp-idf-websocket",
            "esp-idf-websocket-case-sensitive",
            DESKTOP);

    private final FirmwareChoice choice;

    FirmwareFit(FirmwareChoice choice) {
        this.choice = choice;
    }

    /** Why the firmware cannot play it, in half a sentence; null if it can. */
    @Nullable
    String whyNot(Scenario scenario) {
        int count = scenario.deviceNames().size();
        if (count > DEVICES_MAX) {
            return "it has " + count + " devices, and at most " + DEVICES_MAX + " machines run at once";
        }
        if (count == 0) {
            return "it has no device that could run firmware";
        }
        for (DeviceSpec device : scenario.devices().values()) {
            String why = whyNot(device, scenario.gateway().tls());
            if (why != null) {
                return "it has a " + why;
            }
        }
        String misfit = whyNot(scenario.firmware());
        if (misfit == null) {
            misfit = whyNot(scenario.expect());
        }
        if (misfit != null) {
            return misfit;
        }
        if (hasLink(scenario)
                && scenario.devices().values().stream().anyMatch(device -> device.modem() != null && !device.dials())) {
            return "it has a link, and the sockets of a modem on firmware's UART pass none; the packets of `kind: ppp` and `nt26-eth` do";
        }
        if (!LoopbackStage.hasIpv6()
                && links(scenario).anyMatch(link -> link.access().ip() != Access.Ip.V4)) {
            return "this machine has no IPv6 on its loopback";
        }
        return scenario.allSteps()
                .flatMap(step -> step.needs().stream())
                .map(this::whyNot)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static boolean hasLink(Scenario scenario) {
        LinkProfile none = LinkProfiles.named("none");
        return scenario.allSteps().anyMatch(step -> step.needs().contains(Step.Need.LINK))
                || links(scenario).anyMatch(link -> !link.equals(none));
    }

    private static Stream<LinkProfile> links(Scenario scenario) {
        return Stream.concat(
                        Stream.of(scenario.link()),
                        scenario.devices().values().stream().map(DeviceSpec::link))
                .flatMap(link -> Stream.ofNullable(link).map(LinkSpec::profile));
    }

    private @Nullable String whyNot(Step.Need need) {
        ConsoleControls controls = choice.dictionary().controls().orElse(null);
        return switch (need) {
            case TALKING ->
                controls == null || controls.talk(Duration.ZERO).isEmpty()
                        ? "the firmware has no console command to talk; a dictionary can name one"
                        : null;
            case INTERRUPTING ->
                controls == null || controls.interrupt().isEmpty()
                        ? "the firmware has no console command to interrupt; a dictionary can name one"
                        : null;
            case BOOTING -> choice.own() ? NOT_ASKED : null;
            case PUBLISHING -> "what firmware publishes is its own affair";
            case ORDERS, LINK -> null;
        };
    }

    /** What is put into a flash needs one; names of the reference firmware's settings mean nothing to another. */
    private @Nullable String whyNot(FirmwareSpec firmware) {
        if (firmware.hasFiles() && !choice.hasFlash()) {
            return "it has files for a flash, and the firmware is an ELF file without one";
        }
        boolean forReference = firmware.settingsFile() == null
                && firmware.settings().keySet().stream().anyMatch(key -> !key.contains("/"));
        return choice.own() && forReference
                ? "it has settings that only the reference firmware knows; others are written namespace/key"
                : null;
    }

    /** What QEMU's user network or the reference firmware's mbedTLS 2.28 cannot show, whatever the gateway does. */
    private @Nullable String whyNot(List<Expectation> expected) {
        for (Expectation one : expected) {
            if (one instanceof Expectation.Device device
                    && FailureReason.TCP_RESET.wireName().equals(device.reason())) {
                return "QEMU's user network may pass the gateway's reset on as an end of the stream";
            }
            if (one instanceof Expectation.Device device
                    && device.is() == DeviceStatus.INTERRUPTED
                    && !choice.dictionary().observes(INTERRUPTED)) {
                return "the firmware's console does not show that its user is cut off; a dictionary can name the line";
            }
            if (!choice.own()
                    && one instanceof Expectation.Event event
                    && event.where().containsValue(TlsVersion.TLSv1_3.wireName())) {
                return "it expects TLS 1.3, which the reference firmware does not speak";
            }
        }
        return null;
    }

    private @Nullable String modem(DeviceSpec device) {
        if (device.modem() == null) {
            return device.profile().equals(MODEM) && !choice.own()
                    ? "modem that was set up before, which firmware cannot know of"
                    : null;
        }
        return choice.own() || !choice.machine().name().equals("lx60")
                ? "modem, which the reference firmware on `lx60` alone is joined to"
                : null;
    }

    /** What kind of device it is that the firmware cannot be; follows "it has a". */
    private @Nullable String whyNot(DeviceSpec device, List<TlsVersion> offered) {
        if (!choice.own() && !REFERENCE_PROFILES.contains(device.profile())) {
            return device.profile() + ", which the reference firmware is not";
        }
        if (!choice.own() && device.profile().equals(DESKTOP) && !offered.contains(TlsVersion.TLSv1_2)) {
            return "desktop client, whose other TLS versions the reference firmware does not speak";
        }
        String misfit = modem(device);
        if (misfit != null) {
            return misfit;
        }
        if (device.ota() != null && choice.own()) {
            return "device with `ota`: " + NOT_ASKED;
        }
        if (device.mqtt() != null && choice.own()) {
            return "device that speaks MQTT, which the firmware's settings say nothing of";
        }
        String setting = device.mqtt() != null ? "mqtt-endpoint" : device.ota() != null ? "ota-url" : null;
        if (!choice.own()
                && setting != null
                && !choice.holds(setting)) { // a build that ignores it would speak WebSocket, and be judged
            return "device with the setting " + setting
                    + ", which this build of the reference firmware does not know: build it anew (make -C qemu/firmware)";
        }
        if (device.tls() != null) {
            return "device that is built with a TLS of its own, and firmware is built already";
        }
        if (!device.headers().isEmpty()) {
            return "device that changes its upgrade headers, which firmware cannot";
        }
        if (device.checksDates() != null && !device.profile().startsWith("xiaozhi-wifi")) {
            return "device with a setting checks-dates that its profile's firmware lacks";
        }
        return null;
    }
}
