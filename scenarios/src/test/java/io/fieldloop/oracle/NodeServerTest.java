package io.fieldloop.oracle;

/** Node's ws as a server for the simulated device. */
class NodeServerTest extends OutsideServerContract {
    @Override
    WebSocketLibrary library() {
        return new NodeWs();
    }
}
