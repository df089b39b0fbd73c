package io.fieldloop.scenario.diagnose.name;

import io.fieldloop.scenario.diagnose.tcp.Moment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One name that one client asked for, however often it asked and for whichever kind of address. */
public final class NameQuestion {
    public static final int NO_ERROR = 0;
    public static final int SERVER_FAILURE = 2;
    public static final int NAME_ERROR = 3;
    public static final int REFUSED = 5;
    private static final int ADDRESSES_MAX = 16;

    private final String client;
    private final String server;
    private final String name;
    private final Moment asked;
    private Moment lastAsked;
    private int times;
    private boolean asksV4;
    private @Nullable Moment answered;
    private int code = -1;
    private final List<String> addresses = new ArrayList<>();

    NameQuestion(String client, String server, String name, Moment asked) {
        this.client = client;
        this.server = server;
        this.name = name;
        this.asked = asked;
        lastAsked = asked;
    }

    void asked(boolean v4, Moment at) {
        times++;
        asksV4 |= v4;
        lastAsked = at;
    }

    void answered(int responseCode, List<String> found, Moment at) {
        answered = answered == null ? at : answered;
        code = code == NO_ERROR ? code : responseCode;
        found.stream().limit(ADDRESSES_MAX - (long) addresses.size()).forEach(addresses::add);
    }

    public String client() {
        return client;
    }

    public String server() {
        return server;
    }

    public String name() {
        return name;
    }

    public Moment asked() {
        return asked;
    }

    public Moment lastAsked() {
        return lastAsked;
    }

    public int times() {
        return times;
    }

    public boolean asksV4() {
        return asksV4;
    }

    /** The first answer, or null. */
    public @Nullable Moment answered() {
        return answered;
    }

    /** The response code of RFC 1035 section 4.1.1; -1 without an answer. */
    public int code() {
        return code;
    }

    public List<String> addresses() {
        return addresses;
    }
}
