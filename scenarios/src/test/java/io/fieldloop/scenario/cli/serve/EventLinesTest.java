package io.fieldloop.scenario.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.scenario.diagnose.server.ServerLog;
import io.fieldloop.server.event.CloseReason;
import io.fieldloop.server.event.ConnectionId;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.event.GatewayEvent.ForwardedSourceIgnored.Because;
import io.fieldloop.server.event.RefusalClass;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventLinesTest {
    private final EventLines lines =
            new EventLines(InstantSource.fixed(Instant.parse("2026-01-01T12:00:00Z")), ZoneOffset.UTC);

    @Test
    void anEventWorthReadingIsOneLine() {
        lines.onEvent(new GatewayEvent.SessionClosed(
                new ConnectionId(3), CloseReason.By.DEVICE, CloseReason.DEVICE_CLOSED, 1000, Duration.ofMillis(1500)));
        lines.onEvent(
                new GatewayEvent.RefusalsSummarised(RefusalClass.RDP_SCAN, InetAddress.getLoopbackAddress(), 312));
        lines.onEvent(new GatewayEvent.PingSent(new ConnectionId(3)));
        assertThat(printed().lines())
                .containsExactly(
                        "2026-01-01 12:00:00.000  c3 closed by device: device-closed, code 1000, after 1.500 s",
                        "2026-01-01 12:00:00.000  refused 312 more of class rdp-scan from 127.0.0.1");
    }

    @Test
    void ofASourceThatIsNotBelievedTheLineSaysWhy() {
        for (Because because : Because.values()) {
            lines.onEvent(new GatewayEvent.ForwardedSourceIgnored(
                    new ConnectionId(1), InetAddress.getLoopbackAddress(), "x-real-ip", "192.0.2.1", because));
        }
        String said = "2026-01-01 12:00:00.000  c1 ignored x-real-ip '192.0.2.1' of 127.0.0.1";
        assertThat(printed().lines())
                .containsExactly(
                        said + ", which is not trusted (--trust-proxy names a front)",
                        said + ", which is no address",
                        said
                                + "; whom the front speaks for is read from X-Forwarded-For, Forwarded or the PROXY protocol");
    }

    @Test
    void aDeviceCannotCommandTheTerminal() {
        lines.onEvent(new GatewayEvent.Upgraded(new ConnectionId(1), "\u001b[2J\r\nmine", "\u202eclient", "/", 1));
        assertThat(printed())
                .isEqualTo("2026-01-01 12:00:00.000  c1 upgraded device \\x1b[2J\\x0d\\x0amine, client \\u202eclient"
                        + System.lineSeparator());
    }

    @Test
    void aTokenThatStandsInTheWrongHeaderIsNotPrinted() {
        lines.onEvent(new GatewayEvent.Upgraded(new ConnectionId(1), "token=s3cr3t", "me", "/", 1));
        assertThat(printed()).contains("device token=***, client me");
    }

    /** Over the list of all kinds, so that a new one cannot be forgotten. */
    @ParameterizedTest
    @MethodSource("kinds")
    void noKindOfLineCanBeCausedWithoutBound(Class<?> kind) throws Exception {
        for (int i = 0; i < 5_000; i++) {
            lines.onEvent(GatewayEvent.class.cast(Sample.of(kind, i)));
        }
        List<String> printed = printed().lines().toList();
        assertThat(printed).hasSizeLessThanOrEqualTo(LineBudget.LINES_PER_KIND + 1);
        if (!printed.isEmpty()) {
            assertThat(printed.get(printed.size() - 1)).matches("\\([0-9]+ more of [a-z-]+, not printed\\)");
        }
    }

    /** Whoever kept what {@code serve} printed reads it with {@code explain --log}. */
    @ParameterizedTest
    @MethodSource("kinds")
    void explainKnowsEveryKindOfLine(Class<?> kind) throws Exception {
        lines.onEvent(GatewayEvent.class.cast(Sample.of(kind, 1)));
        assertThat(printed().lines())
                .allSatisfy(line -> assertThat(ServerLog.kindOf(line)).as(line).isPresent());
    }

    @Test
    void oneConnectionCannotTakeTheLinesOfOthers() {
        for (int i = 0; i < 1_000_000; i++) {
            lines.onEvent(new GatewayEvent.ProtocolError(
                    new ConnectionId(1), GatewayEvent.ProtocolError.Reason.NOT_JSON, null));
        }
        lines.onEvent(
                new GatewayEvent.ProtocolError(new ConnectionId(2), GatewayEvent.ProtocolError.Reason.NOT_JSON, null));

        assertThat(printed().lines())
                .hasSize(LineBudget.LINES_PER_CONNECTION + 2)
                .contains(
                        "2026-01-01 12:00:00.000  c2 broke the protocol: not-json",
                        "(999990 more of protocol-error, not printed)");
    }

    private static Stream<Class<?>> kinds() {
        return kindsOf(GatewayEvent.class);
    }

    private static Stream<Class<?>> kindsOf(Class<?> type) {
        return type.isSealed()
                ? Stream.of(type.getPermittedSubclasses()).flatMap(EventLinesTest::kindsOf)
                : Stream.of(type);
    }

    /** Makes an event of any kind, each on another connection. */
    private static final class Sample {
        static Object of(Class<?> type, int number) throws ReflectiveOperationException {
            if (type == ConnectionId.class) {
                return new ConnectionId(number);
            } else if (type.isRecord()) {
                List<Object> values = new ArrayList<>();
                List<Class<?>> types = new ArrayList<>();
                for (RecordComponent component : type.getRecordComponents()) {
                    types.add(component.getType());
                    values.add(of(component.getType(), number));
                }
                Constructor<?> constructor = type.getDeclaredConstructor(types.toArray(Class<?>[]::new));
                return constructor.newInstance(values.toArray());
            } else if (type.isEnum()) {
                return type.getEnumConstants()[0];
            }
            return Map.<Class<?>, Object>of(
                            String.class,
                            "word",
                            long.class,
                            1L,
                            int.class,
                            1,
                            Integer.class,
                            1,
                            double.class,
                            1.0,
                            boolean.class,
                            true,
                            Duration.class,
                            Duration.ofSeconds(1),
                            Instant.class,
                            Instant.EPOCH,
                            InetAddress.class,
                            InetAddress.getLoopbackAddress())
                    .get(type);
        }
    }

    private String printed() {
        StringWriter out = new StringWriter();
        lines.drain(new PrintWriter(out, true));
        return out.toString();
    }
}
