package io.fieldloop.scenario.expect;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.scenario.journal.Journal;
import io.fieldloop.scenario.journal.Lane;
import io.fieldloop.scenario.loader.LoadResult;
import io.fieldloop.scenario.loader.ScenarioLoader;
import io.fieldloop.scenario.model.Scenario;
import io.fieldloop.scenario.verdict.ExpectationResult;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A journal written by hand, and what is judged of it in a scenario with a door and a fleet of two. */
final class JudgedJournal {
    private final AtomicLong nowNanos = new AtomicLong();
    private final Journal journal = new Journal(nowNanos::get);
    long endSeconds = 100;
    String door = "{}";
    Set<Lane> unobservableLanes = Set.of();

    JudgedJournal at(long seconds) {
        nowNanos.set(TimeUnit.SECONDS.toNanos(seconds));
        return this;
    }

    void link(String device, String kind, Map<String, Object> attributes) {
        journal.write(Lane.LINK, device, kind, attributes);
    }

    void device(String name, String kind, Map<String, Object> attributes) {
        journal.write(Lane.DEVICE, name, kind, attributes);
    }

    void adversary(String name, String kind, Map<String, Object> attributes) {
        journal.write(Lane.ADVERSARY, name, kind, attributes);
    }

    void gateway(String kind, Map<String, Object> attributes) {
        journal.write(Lane.GATEWAY, "gateway", kind, attributes);
    }

    void step(String kind, String verb) {
        journal.write(Lane.SCENARIO, "step", kind, Map.of("verb", verb));
    }

    ExpectationResult judge(String expectation) {
        return judgeAll("", expectation).get(0);
    }

    /** All results, with {@code more} in the scenario. */
    List<ExpectationResult> judgeAll(String more, String expectation) {
        String text = "scenario: judged\n" + more
                + "devices: { door: " + door + ", fleet: { count: 2 } }\n"
                + "steps: [ { connect: all }, { renew-certificate: {} } ]\n"
                + "expect:\n  - " + expectation + "\n";
        LoadResult loaded = new ScenarioLoader().load("judged.yaml", text);
        assertThat(loaded).as(text).isInstanceOf(LoadResult.Ready.class);
        Scenario scenario = ((LoadResult.Ready) loaded).cases().get(0);
        return new Judge(scenario, Set.of(), unobservableLanes)
                .judge(new Timeline(journal.entries(), TimeUnit.SECONDS.toNanos(endSeconds)));
    }
}
