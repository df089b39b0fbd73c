package io.fieldloop.scenario.diagnose.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What lines that belong together tell of one connection: how it began, what was said, what else was known then. */
final class Episode {
    private static final int SIGHTINGS_MAX = 60;
    private static final String SWITCHED = "101";
    private static final Pattern AUTHORITY = Pattern.compile("^(?:\\w+://)?([^/?]*)");

    private final List<Sighting> sightings = new ArrayList<>();
    private final List<Claim> reported = new ArrayList<>();
    private final List<Sighting> networkLost;
    private @Nullable Part part;
    private @Nullable Sighting begin;
    private @Nullable Sighting online;
    private @Nullable Sighting activity;
    private String url = "";
    private long lastMillis = ConsoleLine.UNTIMED;

    /** @param networkLost what of the device's own network has gone and not come back */
    Episode(List<Sighting> networkLost) {
        this.networkLost = networkLost;
    }

    void add(Sighting sighting, Optional<Part> about) {
        about.filter(one -> part == null || part == Part.HTTP || part == Part.MODEM)
                .ifPresent(one -> part = one);
        lastMillis = sighting.line().isTimed() ? sighting.line().millis() : lastMillis;
        String told = sighting.value("url");
        url = told == null ? url : told;
        if (sighting.is(Turn.BEGINS) && begin == null) {
            begin = sighting;
        } else if (sighting.is(Turn.ONLINE)) {
            online = sighting;
        } else if (sighting.is(Turn.ACTIVITY)) {
            activity = sighting;
        }
        if (sightings.size() < SIGHTINGS_MAX) {
            sightings.add(sighting);
        }
    }

    void add(Claim claim) {
        if (reported.size() < SIGHTINGS_MAX) {
            reported.add(claim);
        }
    }

    /** Whether something went wrong in it already. */
    boolean isFailing() {
        return !reported.isEmpty()
                || sightings.stream()
                        .anyMatch(one -> one.is(Turn.FAILS)
                                || one.is(Turn.LOST)
                                || !one.sign().causes().isEmpty()
                                || one.value("code") != null
                                || one.value("alert") != null);
    }

    /** Whether a line about {@code other} may belong to it. */
    boolean takes(Optional<Part> other) {
        return part == null
                || other.isEmpty()
                || other.get() == part
                || isCarrier(part, other.get())
                || isCarrier(other.get(), part);
    }

    /** An update check and MQTT are carried by others' lines. */
    private static boolean isCarrier(Part one, Part other) {
        return one == Part.MODEM || (one == Part.HTTP && other == Part.OTA);
    }

    Part part() {
        return part == null ? Part.CONNECTION : part;
    }

    String url() {
        return url;
    }

    /** Host and port it is about, as the log has them, or empty. */
    String authority() {
        for (Sighting one : sightings) {
            String host = one.value("host");
            if (host != null && url.isEmpty()) {
                String port = one.value("port");
                return port == null ? host : host + ":" + port;
            }
        }
        Matcher authority = AUTHORITY.matcher(url);
        return authority.find() ? authority.group(1) : "";
    }

    List<Sighting> sightings() {
        return sightings;
    }

    List<Claim> reported() {
        return reported;
    }

    List<Sighting> networkLost() {
        return networkLost;
    }

    @Nullable
    Sighting begin() {
        return begin;
    }

    @Nullable
    Sighting online() {
        return online;
    }

    /** The last line that showed traffic on it. */
    @Nullable
    Sighting lastTraffic() {
        return activity == null ? online : activity;
    }

    long lastMillis() {
        return lastMillis;
    }

    Optional<Sighting> first(Predicate<Sighting> wanted) {
        return sightings.stream().filter(wanted).findFirst();
    }

    /** The line that has the number of the server's answer, where that is no 101. */
    Optional<Sighting> refusal() {
        return first(one -> one.value("status") != null && !SWITCHED.equals(one.value("status")));
    }

    /** The first line that has this text. */
    Optional<Sighting> saying(String text) {
        return first(one -> one.line().message().contains(text));
    }
}
