package io.fieldloop.scenario.diagnose.server;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A line of a server's log that says who came.
 *
 * @param kind the gateway's word for it
 * @param causes what it speaks for: one cause, several of which the line does not say which, or none
 */
record VisitRule(Pattern pattern, String kind, Who who, List<String> causes) {}
