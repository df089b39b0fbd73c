package io.fieldloop.scenario.diagnose.voice;

import io.fieldloop.scenario.diagnose.capture.Frame;
import io.fieldloop.scenario.diagnose.tcp.Ends;
import io.fieldloop.scenario.diagnose.tcp.Moment;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The voice of one device and one server under one identifier, at one point of capture. */
public final class VoiceSession {
    private final int point;
    private final int identifier;
    private final VoiceHalf up = new VoiceHalf();
    private final VoiceHalf down = new VoiceHalf();
    private Ends ends;
    private @Nullable Moment moved;
    private double silentSeconds;
    private @Nullable Ends movedFrom;
    private @Nullable Moment toOldAddress;
    private @Nullable Moment unreachable;
    private int unreachableCode;

    VoiceSession(int point, int identifier, Ends ends) {
        this.point = point;
        this.identifier = identifier;
        this.ends = ends;
    }

    void accept(boolean fromDevice, Ends now, Frame frame, Moment at) {
        if (!now.equals(ends)) {
            change(fromDevice, now, at);
        }
        (fromDevice ? up : down).accept(frame, at);
    }

    /** The device's address is where it last sent from; what the server sends elsewhere is lost. */
    private void change(boolean fromDevice, Ends now, Moment at) {
        if (!fromDevice) {
            toOldAddress = moved == null || toOldAddress != null ? toOldAddress : at;
            return;
        }
        silentSeconds = up.last() == null ? 0 : at.secondsSince(up.last());
        movedFrom = ends;
        ends = now;
        moved = at;
        toOldAddress = null;
    }

    void unreachable(int typeAndCode, Moment at) {
        if (unreachable == null) {
            unreachable = at;
            unreachableCode = typeAndCode;
        }
    }

    /** Whether another session is the same one, seen at another point. */
    public boolean isSeenAs(VoiceSession other) {
        return point != other.point && identifier == other.identifier;
    }

    public int point() {
        return point;
    }

    /** The number in the header of its packets, which the hello's nonce has too. */
    public int identifier() {
        return identifier;
    }

    /** The addresses as they were last. */
    public Ends ends() {
        return ends;
    }

    public VoiceHalf up() {
        return up;
    }

    public VoiceHalf down() {
        return down;
    }

    /** The first packet that the device sent from its last address, or null where it had only one. */
    public @Nullable Moment moved() {
        return moved;
    }

    /** How long the device had sent nothing before. */
    public double silentSeconds() {
        return silentSeconds;
    }

    /** Where it sent from before. */
    public Ends movedFrom() {
        return Objects.requireNonNull(movedFrom);
    }

    /** A packet that the server still sent where the device had been, or null. */
    public @Nullable Moment toOldAddress() {
        return toOldAddress;
    }

    /** An ICMP error about the device's packets. */
    public @Nullable Moment unreachable() {
        return unreachable;
    }

    public int unreachableCode() {
        return unreachableCode;
    }
}
