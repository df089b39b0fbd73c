package io.fieldloop.scenario.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code fieldloop front}, as a person uses it. */
class FrontCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... words) {
        return Main.run(Map.of(), new PrintWriter(out, true), new PrintWriter(err, true), words);
    }

    @Test
    void printsAConfigurationReadyToCopy() {
        assertThat(run("front", "haproxy", "--name", "gw.test", "--gateway", "10.0.0.7:8001"))
                .isZero();
        assertThat(out.toString())
                .startsWith("# HAProxy in front of the gateway")
                .contains("crt /etc/haproxy/gw.test.pem")
                .contains("server gateway 10.0.0.7:8001 ");
    }

    @Test
    void printsAMistakeToo() {
        assertThat(run("front", "nginx", "--config", "timeout-5s")).isZero();
        assertThat(out.toString()).contains("proxy_read_timeout 5s;");
    }

    @Test
    void listsWhatThereIs() {
        assertThat(run("front")).isZero();
        assertThat(out.toString()).contains("nginx").contains("  redirect-to-https ");
    }

    @Test
    void whatCannotBeIsOneSentence() {
        assertThat(run("front", "iis")).isEqualTo(2);
        assertThat(run("front", "nginx", "--gateway", "somewhere")).isEqualTo(2);
        assertThat(err.toString().lines())
                .anyMatch(line -> line.startsWith("fieldloop: front: there is no front 'iis'"))
                .anyMatch(line -> line.contains("--gateway somewhere is no place"));
    }
}
