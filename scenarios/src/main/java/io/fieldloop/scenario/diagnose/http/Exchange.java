package io.fieldloop.scenario.diagnose.http;

import org.jspecify.annotations.Nullable;

/**
 * A request and what came back.
 *
 * @param answer null where none was complete
 * @param answerBegun what there is of an answer that is not complete; empty where not a byte came
 */
public record Exchange(Head request, @Nullable Head answer, String answerBegun) {}
