package io.fieldloop.device.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HeapBudgetTest {

    private static final List<Integer> TYPICAL_CHAIN = List.of(1_200, 1_300);
    private static final int ESP32_FREE_BYTES = 130_000; // internal heap of a stock ESP32 with Wi-Fi up; assumed

    @Test
    void threeConnectionsFitAnEsp32AndAFourthDoesNot() {
        int left = ESP32_FREE_BYTES;
        int fits = 0;
        while (HeapBudget.espIdf(left).withDynamicBuffers(false).fitsChain(TYPICAL_CHAIN)) {
            fits++;
            left -= 41_000; // what one such handshake takes in this model
        }

        assertThat(fits).isEqualTo(3);
    }

    @Test
    void dynamicBuffersNeedLess() {
        HeapBudget tight = HeapBudget.espIdf(25_000);

        assertThat(tight.fitsSetup()).isTrue();
        assertThat(tight.fitsChain(TYPICAL_CHAIN)).isTrue();
        assertThat(tight.withDynamicBuffers(false).fitsSetup()).isFalse();
    }

    @Test
    void longChainsNeedMore() {
        HeapBudget budget = HeapBudget.espIdf(25_000);

        assertThat(budget.fitsChain(List.of(2_000, 2_000, 2_000, 2_000))).isFalse();
    }

    @Test
    void unlimitedFitsEverything() {
        assertThat(HeapBudget.unlimited().fitsChain(List.of(1 << 30, 1 << 30))).isTrue();
    }
}
