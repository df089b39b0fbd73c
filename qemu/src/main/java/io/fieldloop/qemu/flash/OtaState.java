package io.fieldloop.qemu.flash;

import java.util.Locale;

/** How far an updated app has proved itself, with the codes of {@code esp_ota_img_states_t}. */
public enum OtaState {
    NEW(0),
    PENDING_VERIFY(1),
    VALID(2),
    INVALID(3),
    ABORTED(4),
    /** Rollback is not used. */
    UNDEFINED(-1);

    private final int code;

    OtaState(int code) {
        this.code = code;
    }

    static OtaState withCode(int code) {
        for (OtaState state : values()) {
            if (state.code == code) {
                return state;
            }
        }
        return UNDEFINED;
    }

    int code() {
        return code;
    }

    String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
