package io.fieldloop.scenario.diagnose.conversation;

/** Where a packet was seen: a capture of {@code fieldloop run} sees both ends of the link, any other sees one place. */
enum Point {
    HERE,
    NETWORK;

    static int of(String interfaceName) {
        boolean network = interfaceName.equals("network") || interfaceName.equals("to-network");
        return (network ? NETWORK : HERE).ordinal();
    }
}
