package io.fieldloop.scenario.diagnose.conversation;

/** Where a packet was seen: a capture of {@code fieldloop run} sees both ends of the link, any other sees one place. */
final class Point {
    private static final int HERE = 0;
    private static final int NETWORK = 1;

    private Point() {}

    static int of(String interfaceName) {
        return interfaceName.equals("network") || interfaceName.equals("to-network") ? NETWORK : HERE;
    }
}
