package io.fieldloop.qemu.link;

import org.junit.jupiter.api.AfterEach;

/** A test with a relay in frozen time, which it closes. */
abstract class RelayTest {
    RelayBench bench = new RelayBench(1);

    /** In place of the clear link: one with that profile. */
    RelayBench on(String... keysAndValues) {
        bench = new RelayBench(1, keysAndValues);
        return bench;
    }

    @AfterEach
    void closesTheRelay() {
        bench.close();
    }
}
