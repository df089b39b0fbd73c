package io.fieldloop.device.ota;

import org.jspecify.annotations.Nullable;

/**
 * The two OTA slots and what otadata says of them, with rollback as xiaozhi-esp32 is built (BOOTLOADER_APP_ROLLBACK_ENABLE).
 *
 * <p>A new image boots once on trial. If the device restarts before the firmware has marked it valid, the bootloader goes back to the
 * other slot; and the firmware marks it only after a check that succeeded.
 */
final class Slots {
    static final String FIRST = "ota_0";
    static final String SECOND = "ota_1";

    private static final String OTADATA = "otadata";
    private static final String BOOT = "boot";
    private static final String STATE = "state";
    private static final String NEW = "new";
    private static final String PENDING = "pending-verify";
    private static final String VALID = "valid";

    private final Flash flash;
    private final String flashedVersion;

    Slots(Flash flash, String flashedVersion) {
        this.flash = flash;
        this.flashedVersion = flashedVersion;
    }

    /** The bootloader's choice. Returns the version that was given up, or null where nothing was. */
    @Nullable
    String boot() {
        String state = flash.get(OTADATA, STATE);
        if (NEW.equals(state)) {
            flash.set(OTADATA, STATE, PENDING);
        } else if (PENDING.equals(state)) {
            String aborted = version();
            flash.set(OTADATA, BOOT, other());
            flash.set(OTADATA, STATE, VALID);
            return aborted;
        }
        return null;
    }

    String running() {
        String slot = flash.get(OTADATA, BOOT);
        return slot == null ? FIRST : slot;
    }

    String other() {
        return running().equals(FIRST) ? SECOND : FIRST;
    }

    /** What the running image says of itself. */
    String version() {
        String version = flash.get(OTADATA, running());
        return version == null ? flashedVersion : version;
    }

    boolean onTrial() {
        return PENDING.equals(flash.get(OTADATA, STATE));
    }

    void markValid() {
        flash.set(OTADATA, STATE, VALID);
    }

    /** A whole and valid image of that version is in the other slot, which boots next. */
    void install(String version) {
        String slot = other();
        flash.set(OTADATA, running(), version());
        flash.set(OTADATA, slot, version);
        flash.set(OTADATA, BOOT, slot);
        flash.set(OTADATA, STATE, NEW);
    }
}
