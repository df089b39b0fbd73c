package io.fieldloop.server.voice;

import io.fieldloop.server.connection.Stance;
import io.fieldloop.server.event.VoiceRefusal;
import org.jspecify.annotations.Nullable;

/** Which sequence may follow the last one that was taken. */
enum SequenceRule {
    /** Only a later one in serial number arithmetic (RFC 1982), and not from out of nowhere. */
    HARDENED {
        @Override
        @Nullable
        VoiceRefusal refusal(int sequence, int last, int leapMax) {
            int ahead = sequence - last;
            if (ahead == 0) {
                return VoiceRefusal.DUPLICATE;
            }
            if (ahead < 0) {
                return VoiceRefusal.LATE;
            }
            return ahead > leapMax ? VoiceRefusal.SEQUENCE_LEAP : null;
        }
    },

    /** As xiaozhi-mqtt-gateway: the last one again passes, 0xffffffff is never followed by anything, and no leap is too far. */
    COMPAT {
        @Override
        @Nullable
        VoiceRefusal refusal(int sequence, int last, int leapMax) {
            return Integer.compareUnsigned(sequence, last) < 0 ? VoiceRefusal.LATE : null;
        }
    };

    static SequenceRule of(Stance stance) {
        return stance == Stance.HARDENED ? HARDENED : COMPAT;
    }

    abstract @Nullable VoiceRefusal refusal(int sequence, int last, int leapMax);
}
