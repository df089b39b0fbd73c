package io.fieldloop.qemu.link;

import io.fieldloop.device.link.profile.LinkProfile;
import io.fieldloop.qemu.capture.FrameCapture;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link FrameLink} is set up.
 *
 * @param seed what every draw of the link comes from
 * @param directory where its sockets are; one link each
 * @param names the host names the link answers for; may change while it runs
 * @param ports the TCP ports it leads elsewhere; may change while it runs
 * @param egress whether the device may reach more than the host's loopback
 * @param capture where every frame is recorded; the caller closes it, after the link
 */
public record FrameLinkConfig(
        LinkProfile profile,
        long seed,
        Path directory,
        NameService names,
        PortMap ports,
        Egress egress,
        @Nullable FrameCapture capture) {}
