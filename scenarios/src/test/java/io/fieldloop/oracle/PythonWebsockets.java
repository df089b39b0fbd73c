package io.fieldloop.oracle;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Python's {@code websockets}, which the reference server of this device family is built on. */
final class PythonWebsockets implements WebSocketLibrary {
    /** Debian's own interpreter sees Debian's packages; another one may come first on the PATH. */
    private static final String DEBIANS = "/usr/bin/python3";

    @Override
    public String script(String role) {
        return "websockets-" + role + ".py";
    }

    @Override
    public String interpreter() {
        return Files.isExecutable(Path.of(DEBIANS)) ? DEBIANS : "python3";
    }

    @Override
    public Map<String, String> environment() {
        return Map.of("PYTHONDONTWRITEBYTECODE", "1", "PYTHONWARNINGS", "ignore");
    }

    @Override
    public List<String> check() {
        return List.of("-c", "import websockets");
    }

    @Override
    public String packages() {
        return "python3-websockets";
    }

    @Override
    public String toString() {
        return "Python websockets";
    }
}
