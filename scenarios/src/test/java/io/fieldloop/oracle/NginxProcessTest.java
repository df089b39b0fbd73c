package io.fieldloop.oracle;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Map;

/** nginx as a process of this machine. */
class NginxProcessTest extends NginxContract {
    @Override
    void assumeInstalled() {
        assumeTrue(
                OutsideProgram.works(List.of("nginx", "-v"), Map.of()),
                "nginx is not on this machine (apt-get install nginx-light)");
    }

    @Override
    AutoCloseable start(NginxSite site) {
        String directory = site.directory().toString();
        OutsideProgram nginx = OutsideProgram.start(
                List.of("nginx", "-p", directory, "-c", site.file().toString(), "-e", "stderr"));
        nginx.awaitLine(line -> line.contains("start worker process "));
        return nginx;
    }
}
