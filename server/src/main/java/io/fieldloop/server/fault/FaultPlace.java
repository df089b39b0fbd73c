package io.fieldloop.server.fault;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What only one fault of a connection can decide.
 *
 * <p>Two that ask for the same place are refused when they are configured, because one of them would be dropped without a word.
 */
public enum FaultPlace {
    ACCEPTANCE("what becomes of the connection at once"),
    SENT_BYTES("after how many bytes the connection ends"),
    TLS_TIME("when the ClientHello is answered"),
    TLS_RECORDS("in which records the handshake is sent"),
    TLS_TICKET("which ticket the handshake ends with"),
    TLS_END("how the TLS handshake ends"),
    RESPONSE_TIME("when the upgrade is answered"),
    STATUS_LINE("the status of the answer"),
    ACCEPT_HEADER("Sec-WebSocket-Accept"),
    HEADER_NAMES("the header names of the answer"),
    RESPONSE_WRITES("in which pieces the answer is written"),
    FIRST_FRAME("what follows the answer"),
    CONNACK("what answers an MQTT CONNECT"),
    HELLO_TIME("when the hello is sent"),
    HELLO_TEXT("what the hello says"),
    HELLO_UDP("where the hello sends audio"),
    VOICE_SEQUENCE("how voice packets are counted"),
    SESSION_END("how the session ends"),
    PINGS("what becomes of pings"),
    READING("whether the session is read"),
    OTA_TIME("when the OTA request is answered"),
    OTA_STATUS("the status of the OTA answer"),
    OTA_BODY("what the OTA answer says"),
    OTA_FRAMING("how long the OTA answer says it is"),
    OTA_PROTOCOLS("where the OTA answer sends devices"),
    OTA_FIRMWARE("which firmware is offered"),
    OTA_CLOCK("the time in the OTA answer"),
    OTA_IMAGE("which image is served"),
    OTA_END("how the download ends");

    private final String decides;

    FaultPlace(String decides) {
        this.decides = decides;
    }

    /** Throws an {@link IllegalArgumentException} of one sentence if some of these faults cannot all act on one connection. */
    public static void requireAllCanAct(List<Fault> faults) {
        for (int i = 0; i < faults.size(); i++) {
            for (Fault later : faults.subList(i + 1, faults.size())) {
                requireBothCanAct(faults.get(i), later);
            }
        }
    }

    private static void requireBothCanAct(Fault one, Fault other) {
        if (one.connectionsFrom() > other.connectionsTo()
                || other.connectionsFrom() > one.connectionsTo()
                || one.of().isApartFrom(other.of())) {
            return;
        }
        Set<FaultPlace> taken = decidedBy(one.action().getClass());
        decidedBy(other.action().getClass()).stream()
                .filter(taken::contains)
                .findFirst()
                .ifPresent(place -> {
                    throw new IllegalArgumentException(one.action().wireName() + " and "
                            + other.action().wireName() + " on one connection: both decide " + place.decides
                            + "; leave one out or give them different connections");
                });
    }

    /** What a record decides and what its kinds do. */
    private static Set<FaultPlace> decidedBy(Class<?> fault) {
        Set<FaultPlace> places = EnumSet.noneOf(FaultPlace.class);
        Decides own = fault.getAnnotation(Decides.class);
        if (own != null) {
            Collections.addAll(places, own.value());
        }
        for (Class<?> kind : fault.getInterfaces()) {
            places.addAll(decidedBy(kind));
        }
        return places;
    }
}
