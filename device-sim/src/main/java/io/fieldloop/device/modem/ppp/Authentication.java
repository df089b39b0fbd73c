package io.fieldloop.device.modem.ppp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.function.BiConsumer;

/** Asks who is there: PAP (RFC 1334) takes name and password as they are, CHAP (RFC 1994) wants the MD5 of a challenge with it. */
final class Authentication {

    static final int PAP = 0xc023;
    static final int CHAP = 0xc223;

    private static final int CHALLENGE = 1;
    private static final int ANSWER = 2;
    private static final int SUCCESS = 3;
    private static final int FAILURE = 4;
    private static final int ID = 1;
    private static final String OWN_NAME = "fieldloop";

    /** Always the same one: it protects nobody, and a run stays repeatable. */
    private static final String VALUE = "sixteen bytes...";

    private final PppSettings settings;
    private final BiConsumer<Integer, ControlPacket> out;

    Authentication(PppSettings settings, BiConsumer<Integer, ControlPacket> out) {
        this.settings = settings;
        this.out = out;
    }

    /** The value of the option that demands it; empty where nobody is asked. */
    String demand() {
        return switch (settings.asks()) {
            case NONE -> "";
            case PAP -> "\u00c0#";
            case CHAP -> "\u00c2#\u0005";
        };
    }

    void begin() {
        if (settings.asks() == PppSettings.Asks.CHAP) {
            out.accept(CHAP, new ControlPacket(CHALLENGE, ID, (char) VALUE.length() + VALUE + OWN_NAME));
        }
    }

    /** Whether an answer lets its sender in; one that is no answer does not. */
    boolean lets(int protocol, ControlPacket packet) {
        if (protocol == PAP && settings.asks() == PppSettings.Asks.PAP && packet.code() == 1) {
            String name = counted(packet.data(), 0);
            boolean known = name.equals(settings.user())
                    && counted(packet.data(), name.length() + 1).equals(settings.password());
            out.accept(PAP, new ControlPacket(known ? 2 : 3, packet.id(), "\u0000"));
            return known;
        }
        if (protocol == CHAP && settings.asks() == PppSettings.Asks.CHAP && packet.code() == ANSWER) {
            String digest = counted(packet.data(), 0);
            String name = packet.data().substring(Math.min(packet.data().length(), digest.length() + 1));
            boolean known = name.equals(settings.user()) && digest.equals(expected());
            out.accept(CHAP, new ControlPacket(known ? SUCCESS : FAILURE, packet.id(), ""));
            return known;
        }
        return false;
    }

    private String expected() {
        try {
            byte[] digest = MessageDigest.getInstance("MD5")
                    .digest(((char) ID + settings.password() + VALUE).getBytes(ISO_8859_1));
            return new String(digest, ISO_8859_1);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has MD5.", e);
        }
    }

    /** A text behind its length; empty where it is cut short. */
    private static String counted(String bytes, int at) {
        int length = at < bytes.length() ? bytes.charAt(at) : 0;
        return at + 1 + length <= bytes.length() ? bytes.substring(at + 1, at + 1 + length) : "";
    }
}
