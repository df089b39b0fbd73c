package io.fieldloop.scenario.rig.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** What a failure says about the machine, in the words of Linux as the JDK and Netty pass them on. */
final class ResourceShortageWordsTest {
    private static String sentence(Throwable failure) {
        return ResourceShortage.in(failure).map(Throwable::getMessage).orElse("none");
    }

    @Test
    void namesWhatIsShortAndItsLimit() {
        assertThat(sentence(new CompletionException(
                        new IOException("accept(..) failed with error(-24): Too many open files"))))
                .contains("No file descriptor was left", "ulimit -n");
        assertThat(sentence(new BindException("Cannot assign requested address")))
                .contains("No local port was left", "ip_local_port_range");
        assertThat(sentence(new IOException("Cannot allocate memory"))).contains("no memory left for another socket");
        assertThat(sentence(new IllegalStateException(new OutOfMemoryError("Java heap space"))))
                .contains("Java's heap of ", "-Xmx");
    }

    @Test
    void aRefusedConnectionIsNoShortage() {
        assertThat(sentence(new ConnectException("Connection refused"))).isEqualTo("none");
    }
}
