package io.fieldloop.device;

import io.fieldloop.device.context.DeviceContext;
import io.fieldloop.device.event.DeviceListener;
import io.fieldloop.device.profile.DeviceProfile;
import io.fieldloop.device.tls.crypto.SharedArithmetic;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Instant;

/** The context of a device that has nothing but a console. */
public final class Consoles {
    private Consoles() {}

    public static DeviceContext context(String profile, DeviceListener listener) {
        return new DeviceContext(
                DeviceProfile.named(profile),
                new EmbeddedChannel().eventLoop(),
                Bench.seeded(),
                () -> Instant.EPOCH,
                SharedArithmetic.none(),
                listener);
    }
}
