package io.fieldloop.device.tls.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class SharedArithmeticTest {
    @Test
    void whereKeysAreSecretsNothingIsKept() {
        SharedArithmetic none = SharedArithmetic.none();
        AtomicInteger worked = new AtomicInteger();
        for (int i = 0; i < 2; i++) {
            none.result(Integer.class, List.of("product", 2, 3), worked::incrementAndGet);
        }
        assertThat(worked).hasValue(2);
    }
}
