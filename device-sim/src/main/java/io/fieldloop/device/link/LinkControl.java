package io.fieldloop.device.link;

import io.fieldloop.device.link.profile.LinkProfile;
import io.fieldloop.device.link.profile.Outage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A device's link as who tests with it uses it, whatever it carries. */
public interface LinkControl {
    /** What is sent from now on meets {@code next}. */
    void change(LinkProfile next);

    /** Takes the carrier away for a while, from now. */
    void outage(Duration lasting, Outage.How how);

    /** Swallows everything of every connection there is, and every new one for a while; nobody is told. */
    void blackhole(Duration lasting);

    /** Resets every connection at both ends. */
    void resetAll();

    /** Makes the operator's NAT forget every connection there is. */
    void natRebind();

    /** The same for UDP alone. */
    void natRebindUdp();

    /** What the device sent first on its newest UDP socket; null where nothing was, or nobody looked. */
    default byte @Nullable [] recordedDatagram() {
        return null;
    }
}
