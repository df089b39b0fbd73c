package io.fieldloop.scenario.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.link.event.LinkEvent;
import io.fieldloop.qemu.runner.FirmwareEvent;
import io.fieldloop.scenario.adversary.AdversaryEvent;
import io.fieldloop.scenario.journal.Lane;
import io.fieldloop.server.event.GatewayEvent;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EventKindsTest {
    static Stream<Arguments> lanes() {
        return Stream.of(
                Arguments.of(Lane.GATEWAY, List.of(GatewayEvent.class)),
                Arguments.of(Lane.DEVICE, List.of(DeviceEvent.class, FirmwareEvent.class)),
                Arguments.of(Lane.LINK, List.of(LinkEvent.class)),
                Arguments.of(Lane.ADVERSARY, List.of(AdversaryEvent.class)));
    }

    @ParameterizedTest
    @MethodSource("lanes")
    void areWhatTheRecordsSay(Lane lane, List<Class<?>> events) throws ReflectiveOperationException {
        List<String> kinds = new ArrayList<>();
        for (Class<?> sealed : events) {
            for (Class<?> record : records(sealed)) {
                kinds.add((String) sealed.getMethod("kind").invoke(blank(record)));
            }
        }
        assertThat(EventKinds.of(lane)).containsExactlyInAnyOrderElementsOf(kinds);
    }

    private static List<Class<?>> records(Class<?> sealed) {
        return Arrays.stream(sealed.getPermittedSubclasses())
                .flatMap(type -> type.isSealed() ? records(type).stream() : Stream.of(type))
                .toList();
    }

    private static Object blank(Class<?> record) throws ReflectiveOperationException {
        Constructor<?> constructor = record.getDeclaredConstructors()[0];
        Object[] values = Arrays.stream(constructor.getParameterTypes())
                .map(EventKindsTest::nothing)
                .toArray();
        return constructor.newInstance(values);
    }

    private static @Nullable Object nothing(Class<?> type) {
        if (!type.isPrimitive()) {
            return null;
        }
        if (type == int.class) {
            return 0;
        }
        return type == long.class ? (Object) 0L : (Object) 0.0;
    }
}
