package io.fieldloop.oracle;

import java.util.List;
import java.util.Map;

/** Node's {@code ws}, which most JavaScript gateways are built on. */
final class NodeWs implements WebSocketLibrary {
    @Override
    public String script(String role) {
        return "ws-" + role + ".js";
    }

    @Override
    public String interpreter() {
        return "node";
    }

    /** Debian puts its modules where only Debian's own interpreter looks. */
    @Override
    public Map<String, String> environment() {
        return Map.of("NODE_PATH", "/usr/share/nodejs");
    }

    @Override
    public List<String> check() {
        return List.of("-e", "require('ws')");
    }

    @Override
    public String packages() {
        return "nodejs node-ws";
    }

    @Override
    public String toString() {
        return "Node ws";
    }
}
