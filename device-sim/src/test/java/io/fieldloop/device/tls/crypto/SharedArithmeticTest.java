package io.fieldloop.device.tls.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class SharedArithmeticTest {
    private final AtomicInteger worked = new AtomicInteger();

    private int sum(SharedArithmetic arithmetic, int one, int other) {
        return arithmetic.result(Integer.class, List.of("sum", one, other), () -> {
            worked.incrementAndGet();
            return one + other;
        });
    }

    @Test
    void equalOperandsAreWorkedOutOnce() {
        SharedArithmetic arithmetic = SharedArithmetic.remembering();
        assertThat(List.of(sum(arithmetic, 1, 2), sum(arithmetic, 1, 2), sum(arithmetic, 2, 2)))
                .containsExactly(3, 3, 4);
        assertThat(worked).hasValue(2);
    }

    @Test
    void whereKeysAreSecretsNothingIsKept() {
        SharedArithmetic arithmetic = SharedArithmetic.none();
        assertThat(List.of(sum(arithmetic, 1, 2), sum(arithmetic, 1, 2))).containsExactly(3, 3);
        assertThat(worked).hasValue(2);
    }

    @Test
    void whatIsKeptIsBounded() {
        SharedArithmetic arithmetic = SharedArithmetic.remembering();
        for (int i = 0; i < 10_000; i++) {
            sum(arithmetic, i, 0);
        }
        sum(arithmetic, 9_999, 0);
        assertThat(worked).hasValue(10_001);
        assertThat(sum(arithmetic, 0, 0)).isZero();
        assertThat(worked).hasValue(10_001);
    }
}
