package io.fieldloop.scenario.front;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A configuration as it stands on a user's server, with marks for what is different here: where it listens, where the gateway is, which
 * certificate it shows and to which name it answers.
 *
 * <p>Marks that he has set himself stand. Of several places that could be meant it is the one at the documented port; where none is, a
 * sentence asks him. All others lead nowhere.
 */
final class OwnConfiguration {
    private static final Pattern NAME = Pattern.compile("[\\w*-]+(?:\\.[\\w-]+)+");

    private final FrontFile.Own rules;
    private final Path name;
    private final OwnText file;
    private final String text;
    private final List<OwnPlace> places = new ArrayList<>();
    private final Map<String, String> meant = new LinkedHashMap<>();
    private final List<String> spares = new ArrayList<>();

    private OwnConfiguration(FrontFile.Own rules, Path name, OwnText file) {
        this.rules = rules;
        this.name = name;
        this.file = file;
        this.text = replaced();
    }

    /**
     * Takes the file as it is.
     *
     * @throws IllegalArgumentException in a sentence, if it includes what is not here, or it cannot be told what is meant
     */
    static FrontChoice read(Front front, FrontFile.Own rules, String name) throws IOException {
        OwnConfiguration own = new OwnConfiguration(rules, Path.of(name), OwnText.read(rules, Path.of(name)));
        String marked = own.marked();
        boolean isWhole = !front.aroundWhole().isEmpty()
                && Pattern.compile(rules.whole()).matcher(own.text).find();
        return new FrontChoice(
                front,
                marked.replace(OwnText.ADDED, '\n'),
                name,
                isWhole ? front.aroundWhole() : front.around(),
                own.file.places(marked),
                own.taken(),
                false);
    }

    private String replaced() {
        String changed = file.text();
        for (Map.Entry<String, String> change : rules.replace().entrySet()) {
            changed = Pattern.compile(change.getKey()).matcher(changed).replaceAll(change.getValue());
        }
        return changed;
    }

    private String marked() {
        for (Map.Entry<String, String> take : rules.takes().entrySet()) {
            Matcher match = Pattern.compile(take.getKey()).matcher(text);
            while (match.find()) {
                OwnPlace place = new OwnPlace(take.getValue(), match.toMatchResult(), file.place(text, match.start()));
                if (!place.value().contains("@")) {
                    places.add(place);
                }
            }
        }
        places.sort(Comparator.comparingInt(OwnPlace::start));
        // Which name is meant depends on which gateway is.
        places.stream()
                .sorted(Comparator.comparing(OwnPlace::kind))
                .map(OwnPlace::subject)
                .distinct()
                .forEach(this::choose);
        if (!text.contains("@gateway")
                && places.stream().noneMatch(place -> place.kind().isBehind())) {
            throw new IllegalArgumentException(name
                    + " leads to no gateway that can be made out; write @gateway@ for its host:port" + file.unseen());
        }
        StringBuilder marked = new StringBuilder(text);
        for (int i = places.size() - 1; i >= 0; i--) {
            put(places.get(i), marked);
        }
        return named(marked.toString());
    }

    /** Which of the places of a kind is meant: the only one, or the one at the documented port; of names the last before the gateway. */
    private void choose(String subject) {
        List<OwnPlace> those =
                places.stream().filter(place -> place.subject().equals(subject)).toList();
        OwnPlace.Kind kind = those.get(0).kind();
        if (text.contains(kind.mark()) || text.contains(kind.portMark())) {
            return;
        }
        List<String> meanings = those.stream().map(OwnPlace::meaning).distinct().toList();
        List<OwnPlace> likely = meanings.size() == 1
                ? those
                : kind == OwnPlace.Kind.SITE
                        ? lastBeforeGateway(those)
                        : those.stream()
                                .filter(place -> place.port().equals(kind.documentedPort()))
                                .toList();
        if (likely.stream().map(OwnPlace::meaning).distinct().count() != 1) {
            throw new IllegalArgumentException(name + " has several places that could be " + kind.what() + ", "
                    + those.stream().map(OwnPlace::toString).distinct().collect(Collectors.joining(", ")) + "; write "
                    + kind.mark() + " for the one that is");
        }
        meant.put(subject, likely.get(0).meaning());
    }

    private List<OwnPlace> lastBeforeGateway(List<OwnPlace> names) {
        int gateway = places.stream()
                .filter(place -> place.kind().isBehind() && isMeant(place))
                .mapToInt(OwnPlace::start)
                .findFirst()
                .orElse(0);
        return names.stream().filter(place -> place.start() < gateway).reduce((one, next) -> next).stream()
                .toList();
    }

    private boolean isMeant(OwnPlace place) {
        return place.meaning().equals(meant.get(place.subject()));
    }

    private void put(OwnPlace place, StringBuilder marked) {
        if (!place.kind().isPlace()) {
            return;
        }
        boolean isTwice = place.isSixth()
                && places.stream()
                        .anyMatch(other -> other.kind() == place.kind()
                                && !other.isSixth()
                                && other.port().equals(place.port()));
        if (isTwice) {
            marked.replace(place.start(), place.end(), "");
        } else if (isMeant(place)) {
            place.put(
                    marked,
                    place.kind().mark(),
                    place.kind().hostMark(),
                    place.kind().portMark());
        } else {
            if (!spares.contains(place.value())) {
                spares.add(place.value());
            }
            String spare = "@spare-" + spares.indexOf(place.value()) + "@";
            place.put(marked, "@address@:" + spare, "@address@", spare);
        }
    }

    /** The names of the devices' site, wherever they stand, become the one of this run. */
    private String named(String marked) {
        String names = places.stream()
                .filter(place -> !place.kind().isPlace() && isMeant(place))
                .map(OwnPlace::value)
                .findFirst()
                .orElse("");
        String changed = marked;
        Matcher one = NAME.matcher(names);
        while (one.find()) {
            changed = changed.replaceAll("(?<![\\w.*-])" + Pattern.quote(one.group()) + "(?![\\w-]|\\.\\w)", "@host@");
        }
        return changed;
    }

    private List<String> taken() {
        Map<String, String> taken = new LinkedHashMap<>();
        places.stream()
                .filter(this::isMeant)
                .forEach(
                        place -> taken.putIfAbsent(place.subject(), place.kind().what() + " is " + place));
        return List.copyOf(taken.values());
    }
}
