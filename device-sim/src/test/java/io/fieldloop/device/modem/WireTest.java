package io.fieldloop.device.modem;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WireTest {

    /** As on a machine so busy that timers come in another order than they were set. */
    @Test
    void bytesKeepTheirOrderWhateverTimersDo() {
        EventLoop loop = new DefaultEventLoop();
        List<Runnable> timers = new ArrayList<>();
        LateTimers lastFirst = new LateTimers(loop) {
            @Override
            void schedule(Runnable task, long delayNanos) {
                timers.add(0, task);
            }
        };
        List<String> arrived = new ArrayList<>();
        Wire wire = new Wire(lastFirst, () -> 9_600, () -> 9_600, arrived::add);
        wire.send("AT");
        wire.send("\r\n");
        timers.forEach(Runnable::run);

        assertThat(arrived).containsExactly("AT", "\r\n");
        loop.shutdownGracefully();
    }
}
