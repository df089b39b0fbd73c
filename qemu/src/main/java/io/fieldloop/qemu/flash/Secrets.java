package io.fieldloop.qemu.flash;

import java.util.regex.Pattern;

/** What must not be shown of a device's settings: Wi-Fi and account passwords, tokens, keys. */
final class Secrets {
    // ESP-IDF's own Wi-Fi keys are sta.pswd, sta.pmk, ap.passwd; xiaozhi's are in protocol reference 4.1.
    private static final Pattern NAME =
            Pattern.compile("pass|pswd|pwd|psk|pmk|token|secret|key|auth|credential|private", Pattern.CASE_INSENSITIVE);

    private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/@?#]+(?=@)");
    private static final Pattern QUERY = Pattern.compile("([?&][^=&#]*)=([^&#]*)");
    private static final String MASK = "***";

    private Secrets() {}

    /** Whether the value of a setting with this name is one. */
    static boolean isSecret(String name) {
        return NAME.matcher(name).find();
    }

    /** A text that may be a URL, without the account and the tokens in it. */
    static String withoutSecrets(String text) {
        String withoutAccount = USER_INFO.matcher(text).replaceAll(MASK);
        return QUERY.matcher(withoutAccount).replaceAll(match -> isSecret(match.group(1)) ? "$1=" + MASK : "$0");
    }
}
