package io.fieldloop.scenario.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.scenario.loader.LoadResult;
import io.fieldloop.scenario.loader.ScenarioLoader;
import io.fieldloop.scenario.rig.RigFactory;
import io.fieldloop.scenario.rig.virtual.VirtualRigs;
import io.fieldloop.scenario.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Takes one cause at a time out of each bundled scenario: its link, a fault, the certificate's defect, the token that is
 * asked for, a step. What passes without it would also pass if it never happened.
 */
final class CausesMatterTest {
    private static final int CASES_MAX = 6;

    private static final ScenarioLoader LOADER = new ScenarioLoader();
    private static final RigFactory RIGS = VirtualRigs.factory();

    /** Steps that only give others their time. */
    private static final Set<String> PAUSES = Set.of("wait", "connect", "disconnect");

    /** Only surroundings, there; the scenario is about something else. */
    private static final Set<String> SURROUNDINGS = Set.of(
            "link/carrier-outage.yaml link",
            "link/outage-while-connecting.yaml link",
            "mqtt/conversation.yaml gateway.mqtt",
            "tls/bad-server-over-4g.yaml link");

    /** That nothing comes of it is what the scenario is about. */
    private static final Set<String> HARMLESS = Set.of(
            "tls/generation-y-rsa-chain.yaml gateway.certificate.defect",
            "tls/ocsp-url-absent.yaml gateway.certificate.defect");

    /** Without it a later step cannot be carried out, and nothing is concluded. */
    private static final Set<String> CONDITIONS = Set.of("mqtt/esp-mqtt-outage-longer-than-the-outbox.yaml steps.1");

    /** What a scenario is without one of its causes. */
    private record Without(String file, List<Object> path, List<SuiteCase> cases) {
        @Override
        public String toString() {
            return file + " " + path.stream().map(Object::toString).collect(Collectors.joining("."));
        }
    }

    static Stream<Without> causes() {
        return BundledSuite.files().keySet().stream()
                .flatMap(file -> causesIn(file).flatMap(path -> without(file, path)))
                .filter(cause -> Stream.of(SURROUNDINGS, HARMLESS, CONDITIONS)
                        .noneMatch(known -> known.contains(cause.toString())));
    }

    private static Stream<List<Object>> causesIn(String file) {
        Map<?, ?> scenario = (Map<?, ?>) parse(SuiteFiles.text(file));
        List<List<Object>> paths = new ArrayList<>(List.of(
                List.of("link"),
                List.of("gateway", "certificate", "defect"),
                List.of("gateway", "client-certificate"),
                List.of("gateway", "token"),
                List.of("gateway", "mqtt"),
                List.of("gateway", "udp"),
                List.of("gateway", "vhosts")));
        addFaults(scenario, List.of("gateway"), paths);
        if (scenario.get("steps") instanceof List<?> steps) {
            addSteps(steps, List.of("steps"), paths);
        }
        if (scenario.get("devices") instanceof Map<?, ?> devices) {
            devices.keySet().forEach(name -> {
                paths.add(List.of("devices", name, "link"));
                addFaults(scenario, List.of("devices", name, "modem"), paths);
            });
        }
        return paths.stream().filter(path -> at(scenario, path) != null);
    }

    private static void addFaults(Map<?, ?> scenario, List<Object> owner, List<List<Object>> paths) {
        if (at(scenario, below(owner, "faults")) instanceof List<?> faults) {
            IntStream.range(0, faults.size()).forEach(i -> paths.add(below(below(owner, "faults"), i)));
        }
    }

    private static void addSteps(List<?> steps, List<Object> path, List<List<Object>> paths) {
        for (int i = 0; i < steps.size(); i++) {
            if (!(steps.get(i) instanceof Map<?, ?> step)) {
                paths.add(below(path, i));
                continue;
            }
            if (step.keySet().stream().noneMatch(PAUSES::contains)) {
                paths.add(below(path, i));
            }
            if (step.get("meanwhile") instanceof List<?> meanwhile) {
                addSteps(meanwhile, below(below(path, i), "meanwhile"), paths);
            }
        }
    }

    private static List<Object> below(List<Object> path, Object key) {
        return Stream.concat(path.stream(), Stream.of(key)).toList();
    }

    /** Nothing where the rest of the file refers to it, or where another rig is needed. */
    private static Stream<Without> without(String file, List<Object> path) {
        Object scenario = parse(SuiteFiles.text(file));
        remove(scenario, path);
        String text = new Dump(DumpSettings.builder().build()).dumpToString(scenario);
        if (LOADER.load(file, text) instanceof LoadResult.Broken) {
            return Stream.empty();
        }
        List<SuiteCase> cases = SuiteFiles.cases(file, text);
        return RIGS.whyNot(cases.get(0).scenario()) == null
                ? Stream.of(new Without(file, path, spread(cases)))
                : Stream.empty();
    }

    /** Nothing concluded is no failure seen. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("causes")
    void doesNotPassWithoutIt(Without cause) {
        assertThat(cause.cases()).anyMatch(CausesMatterTest::fails);
    }

    private static boolean fails(SuiteCase one) {
        return SuiteFiles.run(one, RIGS).verdict() == Verdict.FAILED;
    }

    private static List<SuiteCase> spread(List<SuiteCase> cases) {
        int apart = Math.max(1, cases.size() / CASES_MAX);
        return IntStream.iterate(0, i -> i < cases.size(), i -> i + apart)
                .mapToObj(cases::get)
                .toList();
    }

    private static Object parse(String text) {
        return Objects.requireNonNull(new Load(LoadSettings.builder().build()).loadFromString(text));
    }

    private static Object at(Object node, List<Object> path) {
        Object found = node;
        for (Object key : path) {
            if (found instanceof Map<?, ?> map) {
                found = map.get(key);
            } else {
                found = found instanceof List<?> list ? list.get((Integer) key) : null;
            }
        }
        return found;
    }

    private static void remove(Object node, List<Object> path) {
        Object last = path.get(path.size() - 1);
        Object parent = at(node, path.subList(0, path.size() - 1));
        if (parent instanceof Map<?, ?> map) {
            map.remove(last);
        } else {
            ((List<?>) parent).remove((int) (Integer) last);
        }
    }
}
