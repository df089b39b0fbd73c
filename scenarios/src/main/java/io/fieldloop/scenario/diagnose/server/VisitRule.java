package io.fieldloop.scenario.diagnose.server;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A line of a server's log that says who came.
 *
 * @param kind the gateway's word for it
 * @param cause the cause it speaks for, or null
 */
record VisitRule(
        Pattern pattern, String kind, Who who, @Nullable String cause) {}
