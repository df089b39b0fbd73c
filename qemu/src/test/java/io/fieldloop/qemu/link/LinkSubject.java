package io.fieldloop.qemu.link;

import io.fieldloop.device.link.event.LinkEvent;
import io.fieldloop.device.link.profile.LinkProfile;
import io.fieldloop.device.link.profile.Outage;
import java.time.Duration;
import java.util.List;

/** A link with one open connection, the first, in frozen time; times count from when it was open. */
interface LinkSubject extends AutoCloseable {
    void deviceSays(String text);

    void gatewaySays(String text);

    /** Goes on in steps, so that what happens is seen at its time. */
    void until(long millis);

    /** What has arrived, such as {@code 30 hello}, and at most one end, such as {@code 40 reset} or {@code 40 fin}. */
    List<String> atGateway();

    List<String> atDevice();

    List<LinkEvent> events();

    void change(LinkProfile profile);

    void outage(Duration lasting, Outage.How how);

    void blackhole(Duration lasting);

    void resetAll();

    void natRebind();

    void natRebindUdp();

    @Override
    void close();
}
