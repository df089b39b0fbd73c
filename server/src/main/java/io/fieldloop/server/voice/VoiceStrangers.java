package io.fieldloop.server.voice;

import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.event.GatewayListener;
import io.fieldloop.server.event.VoiceRefusal;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Knows who sent datagrams that belong to no flow: one record for each source, in bounded memory.
 *
 * <p>Source addresses of datagrams can be made up, so once there are too many the ones silent longest are forgotten, and of sources
 * that come then only as many are told as there is room for in all.
 */
final class VoiceStrangers {
    private final String listener;
    private final int max;
    private final GatewayListener events;
    private final Map<InetAddress, Integer> datagrams;
    private long told;

    VoiceStrangers(String listener, int max, GatewayListener events) {
        this.listener = listener;
        this.max = max;
        this.events = events;
        this.datagrams = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<InetAddress, Integer> eldest) {
                return size() > max;
            }
        };
    }

    void came(InetAddress source, VoiceRefusal reason, int bytes) {
        if (datagrams.merge(source, 1, Integer::sum) == 1 && told < 2L * max) {
            told++;
            events.onEvent(new GatewayEvent.StrangerDatagram(listener, source, reason, bytes));
        }
    }
}
