package io.fieldloop.oracle;

/** Python's websockets as a server for the simulated device. */
class PythonServerTest extends OutsideServerContract {
    @Override
    WebSocketLibrary library() {
        return new PythonWebsockets();
    }
}
