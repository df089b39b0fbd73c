package io.fieldloop.scenario.front;

/**
 * Which program is to stand in front of the gateway.
 *
 * @param configuration with its marks
 * @param from what whoever chose it calls it: its name, or the file
 */
public record FrontChoice(Front front, String configuration, String from) {
    /**
     * One of those that are bundled.
     *
     * @throws IllegalArgumentException in a sentence, if there is none
     */
    public static FrontChoice bundled(String program, String config) {
        Front front = FrontCatalogue.bundled().named(program);
        return new FrontChoice(front, front.configuration(config), config);
    }
}
