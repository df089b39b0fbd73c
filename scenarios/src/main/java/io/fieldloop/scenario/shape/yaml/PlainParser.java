package io.fieldloop.scenario.shape.yaml;

import java.util.Optional;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.ParserException;
import org.snakeyaml.engine.v2.parser.Parser;

/**
 * Lets through the YAML that scenario files need: no anchors, no tags, no deep nesting.
 *
 * <p>An alias can make a small file mean a huge one, and nesting without limit overflows the composer's stack.
 */
final class PlainParser implements Parser {
    private static final int DEPTH_MAX = 40;

    private final Parser parser;
    private int depth;
    private int documents;

    PlainParser(Parser parser) {
        this.parser = parser;
    }

    @Override
    public boolean checkEvent(Event.ID id) {
        return parser.checkEvent(id);
    }

    @Override
    public Event peekEvent() {
        return parser.peekEvent();
    }

    @Override
    public boolean hasNext() {
        return parser.hasNext();
    }

    @Override
    public Event next() {
        Event event = parser.next();
        if (event instanceof CollectionStartEvent && ++depth > DEPTH_MAX) {
            throw refused(event, "has lists and mappings nested more than " + DEPTH_MAX + " deep");
        }
        if (event instanceof DocumentStartEvent && ++documents > 1) {
            throw refused(event, "has a second document (---); one file is one scenario");
        }
        if (event instanceof CollectionEndEvent) {
            depth--;
        }
        if (event instanceof AliasEvent
                || (event instanceof NodeEvent node && node.getAnchor().isPresent())) {
            throw refused(
                    event,
                    "has an anchor or alias (& or *), which scenario files do without; quote the text, or use a matrix");
        }
        boolean tagged = (event instanceof ScalarEvent scalar && scalar.getTag().isPresent())
                || (event instanceof CollectionStartEvent start
                        && start.getTag().isPresent());
        if (tagged) {
            throw refused(event, "has a tag (!), which scenario files do without; quote the text");
        }
        return event;
    }

    private static Refused refused(Event event, String why) {
        return new Refused(why, event.getStartMark());
    }

    /** Valid YAML that scenario files do without. */
    static final class Refused extends ParserException {
        Refused(String why, Optional<Mark> mark) {
            super(why, mark);
        }
    }
}
