package io.fieldloop.scenario.suite;

import io.fieldloop.scenario.model.Scenario;

/**
 * One case that can be run.
 *
 * @param id what reports call it: path below the suite without its ending, plus matrix values
 * @param argument what {@code fieldloop run} takes to run just this case
 */
public record SuiteCase(String id, String argument, Scenario scenario) {}
