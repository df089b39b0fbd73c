package io.fieldloop.device.modem.grammar;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A kind of modem, as data: the commands it knows, what it says of its own accord, its error numbers.
 *
 * @param settings what it knows at power-up, such as its IMEI and the state of its SIM
 * @param rules by name of the command
 * @param events lines it says of its own accord: {@code opened}, {@code stream}, {@code datagram}, {@code lost}, each with {@code -tls}
 *     where TLS has lines of its own, {@code registered}, {@code banner}
 * @param errors the numbers of what can go wrong with a socket: {@code dns}, {@code tcp}, {@code tls}, {@code closed}
 */
public record ModemKind(
        String name,
        Map<String, String> settings,
        Map<String, List<AtRule>> rules,
        Map<String, List<Template>> events,
        Map<String, String> errors) {

    /** The kinds that ship. */
    public static final List<String> NAMES = List.of("ml307", "ec801e", "ppp", "nt26-eth");

    /** The kind of that name, or the one in that YAML file; what is wrong is an {@link IllegalArgumentException}. */
    public static ModemKind named(String name) {
        ModemKind bundled = Bundled.KINDS.get(name);
        if (bundled != null) {
            return bundled;
        }
        return name.endsWith(".yaml") ? ModemKindReader.file(Path.of(name)) : ModemKindReader.bundled(name);
    }

    /** Read once: a fleet has a thousand of a kind. */
    private static final class Bundled {
        static final Map<String, ModemKind> KINDS =
                NAMES.stream().collect(Collectors.toUnmodifiableMap(name -> name, ModemKindReader::bundled));
    }

    /**
     * What a user sets, as it is.
     *
     * @throws IllegalArgumentException for a setting that it does not have, which would change nothing
     */
    public Map<String, String> checked(Map<String, String> told) {
        for (String setting : told.keySet()) {
            if (!settings.containsKey(setting)) {
                throw new IllegalArgumentException("The modem " + name + " has no setting '" + setting
                        + "': expected one of " + String.join(", ", new TreeSet<>(settings.keySet())) + ".");
            }
        }
        return told;
    }

    /** Whether it carries the packets of a device with a TCP/IP of its own. */
    public boolean isPpp() {
        return rules.containsKey("ATD*99#");
    }

    /** Whether its line is a network card's: frames of Ethernet and of AT. */
    public boolean isEthernet() {
        return "ethernet".equals(settings.get("line"));
    }

    /** The form of a command that fits; null where it knows none. */
    public @Nullable AtRule rule(AtCommand command) {
        for (AtRule rule : rules.getOrDefault(command.name(), List.of())) {
            if (rule.fits(command)) {
                return rule;
            }
        }
        return null;
    }

    /** What it says at that event; of a socket with TLS, what it says of those, where that is another line. */
    public List<Template> event(String event, boolean tls) {
        List<Template> lines = tls ? events.get(event + "-tls") : null;
        return lines == null ? events.getOrDefault(event, List.of()) : lines;
    }
}
