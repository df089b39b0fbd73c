package io.fieldloop.scenario.rig;

import io.fieldloop.device.link.LinkControl;
import io.fieldloop.device.mqtt.MqttMessage;
import io.fieldloop.scenario.model.PowerSpec;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A device as a scenario's steps use it, simulated or running as firmware.
 *
 * <p>Lives on the rig's loop; futures complete there, and fail only where the harness itself cannot go on.
 */
public interface FieldDevice {
    /** Brings the device to the state in which it is ready for its user. */
    CompletableFuture<Void> powerOn();

    /** Gives a device power that has waited for it: done when it is ready for its user. */
    CompletableFuture<Void> boot();

    /** The user presses the button. */
    void pressButton();

    /** An application on esp-mqtt publishes. */
    CompletableFuture<Void> publish(MqttMessage message);

    /** The user wants to talk: done when the attempt has an outcome. */
    CompletableFuture<?> open();

    /** As {@link #open}, after closing what is open. */
    CompletableFuture<?> reopen();

    /** Drops the connection as the firmware does: TCP goes, no Close frame. */
    void close();

    /** The user speaks for so long and hears the reply: done when the turn has an outcome. */
    CompletableFuture<?> talk(Duration speech);

    /** The user cuts the server's speech short, if it speaks: false where it is known that none does. */
    boolean interrupt();

    /** Restarts the device as its reset pin does: done when it is ready for its user again. */
    CompletableFuture<Void> reset();

    /** Takes its power away for so long; what is in flash stays. Done when it is ready for its user again. */
    CompletableFuture<Void> powerCut(Duration off);

    /**
     * Takes its power away at a write into flash that is still to come, and gives it back at once: done when it is ready for its user
     * again.
     *
     * @param during done when what makes the device write is
     */
    CompletableFuture<Void> losePower(PowerSpec cut, CompletableFuture<?> during);

    /** Types a line at its console. */
    CompletableFuture<Void> type(String line);

    /** The link of this device. */
    LinkControl link();

    /** Takes device and link away; done when nothing of them is left. */
    CompletableFuture<Void> remove();
}
