package io.fieldloop.server.mqtt;

import java.util.Arrays;

/** A topic filter with its wildcards (MQTT 5, 4.7). */
final class TopicFilter {
    private static final String SHARED = "$share/";

    private final String text;
    private final String[] levels;
    private final boolean rest;

    TopicFilter(String text) {
        this.text = text;
        String[] all = text.split("/", -1);
        this.rest = all[all.length - 1].equals("#");
        this.levels = rest ? Arrays.copyOf(all, all.length - 1) : all;
    }

    static boolean isShared(String text) {
        return text.startsWith(SHARED);
    }

    /** Whether {@code #} stands alone at the end and {@code +} alone in its level. */
    static boolean isValid(String text) {
        if (text.isEmpty() || text.indexOf('\0') >= 0) {
            return false;
        }
        String[] levels = text.split("/", -1);
        for (int i = 0; i < levels.length; i++) {
            boolean last = i == levels.length - 1;
            boolean hash = levels[i].indexOf('#') >= 0;
            boolean plus = levels[i].indexOf('+') >= 0;
            boolean alone = levels[i].length() == 1;
            if ((hash && !(last && alone)) || (plus && !alone)) {
                return false;
            }
        }
        return true;
    }

    static boolean hasWildcard(String text) {
        return text.indexOf('#') >= 0 || text.indexOf('+') >= 0;
    }

    String text() {
        return text;
    }

    /** A wildcard in the first level takes no topic that begins with a dollar sign. */
    boolean matches(String topic) {
        if (topic.startsWith("$") && (levels.length == 0 || levels[0].equals("+"))) {
            return false;
        }
        String[] names = topic.split("/", -1);
        if (names.length < levels.length || (!rest && names.length > levels.length)) {
            return false;
        }
        for (int i = 0; i < levels.length; i++) {
            if (!levels[i].equals("+") && !levels[i].equals(names[i])) {
                return false;
            }
        }
        return true;
    }
}
