package io.fieldloop.scenario.diagnose.sketch;

import io.fieldloop.device.event.FailureReason;
import io.fieldloop.device.tls.ClientHelloShape;
import io.fieldloop.device.tls.TlsGeneration;
import io.fieldloop.device.tls.TlsTrait;
import io.fieldloop.scenario.diagnose.Cause;
import io.fieldloop.scenario.diagnose.judge.ClientShape;
import io.fieldloop.scenario.diagnose.tls.ClientHello;
import io.fieldloop.scenario.diagnose.tls.Message;
import io.fieldloop.scenario.diagnose.tls.TlsConversation;
import io.fieldloop.scenario.diagnose.tls.TlsWords;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the TLS that a captured device was built with: ESP-IDF's release line by its ClientHello and by how it failed. */
final class TlsBuild {
    private static final int TLS_1_3 = 0x0304;
    private static final int P384 = 0x0018;

    /** What a device showed, by the alert that a server refuses it with. */
    private static final Map<Integer, String> REFUSED_AS =
            Map.of(42, "not-yet-valid", 43, "without-client-auth", 45, "expired", 46, "foreign-ca", 48, "foreign-ca");

    private final TlsConversation tls;
    private final ClientHello hello;

    private TlsBuild(TlsConversation tls, ClientHello hello) {
        this.tls = tls;
        this.hello = hello;
    }

    /** The device's {@code tls:} key; nothing where its profile has that build already, or it is no mbedTLS. */
    static Optional<Sketch.Line> of(@Nullable TlsConversation tls, Cause cause) {
        ClientHello hello = tls == null ? null : tls.clientHello();
        return tls == null || hello == null ? Optional.empty() : new TlsBuild(tls, hello).line(cause);
    }

    private Optional<Sketch.Line> line(Cause cause) {
        boolean tls13 = hello.versions().contains(TLS_1_3);
        List<TlsGeneration> alike = TlsGeneration.all().stream()
                .filter(one -> ClientShape.isAlike(shape(one, tls13), hello))
                .toList();
        if (alike.isEmpty()) {
            return Optional.empty();
        }
        TlsGeneration build = alike.stream()
                .filter(one -> failsSo(shape(one, tls13), cause))
                .reduce((older, newer) -> newer)
                .orElse(alike.get(alike.size() - 1));
        String more = versions() + p384(build) + records() + certificate();
        boolean asProfile =
                more.isEmpty() && build.stock().cipherSuites().equals(ClientHelloShape.ESP_IDF_5.cipherSuites());
        return asProfile
                ? Optional.empty()
                : Optional.of(new Sketch.Line(
                        "tls: { generation: " + build.name() + more + " }",
                        "the ClientHello is that of "
                                + alike.stream().map(TlsGeneration::name).collect(Collectors.joining(", "))));
    }

    /** Whether a build with these traits comes to that end; of those that do the newest is taken. */
    private boolean failsSo(ClientHelloShape shape, Cause cause) {
        if (tls.ticket() != null) {
            return shape.traits().contains(TlsTrait.STOPS_AT_TICKETS);
        }
        boolean refused = cause.word().equals(FailureReason.HANDSHAKE_FAILURE.wireName());
        if (refused && tls.isPssRefused()) {
            return shape.traits().contains(TlsTrait.REFUSES_PSS_IN_TLS_1_2);
        }
        boolean silent = refused && tls.alerts().isEmpty() && tls.server().fragmented() != null;
        return !silent || !shape.traits().contains(TlsTrait.JOINS_FRAGMENTS);
    }

    private ClientHelloShape shape(TlsGeneration build, boolean tls13) {
        ClientHelloShape shape = tls13 ? build.withTls13() : build.stock();
        return hello.recordBytes() == 0 ? shape : shape.askingSmallRecords();
    }

    private String records() {
        return hello.recordBytes() == 0
                ? ""
                : ", record-size: " + hello.recordBytes() + "B, asks-for-record-size: true";
    }

    private String versions() {
        return hello.versions().isEmpty()
                ? ""
                : hello.versions().stream()
                        .filter(number -> number >>> 8 == 3)
                        .map(TlsWords::version)
                        .collect(Collectors.joining(", ", ", versions: [", "]"));
    }

    private String p384(TlsGeneration build) {
        boolean lacks = build.stock().groups().contains(P384) && !hello.groups().contains(P384);
        return lacks ? ", p384: false" : "";
    }

    private String certificate() {
        Message shown = tls.clientCertificate();
        if (shown == null || shown.isWithoutCertificate()) {
            return "";
        }
        String refusedAs = tls.alerts().stream()
                .filter(alert -> !alert.fromClient())
                .flatMap(alert -> Stream.ofNullable(REFUSED_AS.get(alert.number())))
                .findFirst()
                .orElse("valid");
        return ", certificate: " + refusedAs;
    }
}
