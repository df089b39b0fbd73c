package io.fieldloop.scenario.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fieldloop.device.DeviceConfig;
import io.fieldloop.device.profile.DeviceProfile;
import io.fieldloop.device.websocket.Identity;
import io.fieldloop.scenario.OwnsWallClock;
import io.fieldloop.scenario.cli.option.CliException;
import io.fieldloop.scenario.cli.option.LanguageOption;
import io.fieldloop.scenario.cli.option.ServerOptions;
import io.fieldloop.scenario.cli.option.Version;
import io.fieldloop.scenario.explain.Translation;
import io.fieldloop.scenario.probe.Examination;
import io.fieldloop.scenario.probe.ExaminationText;
import io.fieldloop.scenario.probe.ExamineSettings;
import io.fieldloop.scenario.probe.OtaExamination;
import io.fieldloop.scenario.probe.OtaExaminationText;
import io.fieldloop.scenario.probe.OtaExaminer;
import io.fieldloop.scenario.probe.ServerExaminer;
import io.fieldloop.scenario.probe.finding.MqttFinding;
import io.fieldloop.scenario.probe.wire.ExamineException;
import io.fieldloop.scenario.probe.wire.ServerUrl;
import io.fieldloop.scenario.shape.DurationText;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code fieldloop probe}: examines one server, and says how each kind of device gets on with it. */
@Command(
        name = "probe",
        description = {
            "Examines a server: TCP, TLS versions and suites, chain, names, the upgrade answer, hello, pings, refusals;"
                    + " and lets every kind of device try it.",
            "An OTA address (http://HOST/…/ota/) is asked as a device asks, and what it hands out is followed:"
                    + " WebSocket, MQTT, UDP.",
            "A broker (mqtt://HOST, mqtts://HOST) is connected to as a device does, which says hello and looks at the place for voice.",
            "Exit code 0: every device connects; 1: one does not; 2: the server cannot be examined."
        },
        footer = {
            "",
            "Examples:",
            "  probe wss://voice.example.com/xiaozhi/v1/ --token @token.txt",
            "  probe ws://192.168.1.10:8000/xiaozhi/v1/ --profile xiaozhi-wifi --watch 0s",
            "  probe wss://gateway.test/xiaozhi/v1/ --address 10.0.0.7 --ca ca.pem --json",
            "  probe http://192.168.1.10:8002/xiaozhi/ota/",
            "  probe mqtt://192.168.1.10 --mqtt-username me --token @password.txt"
        },
        versionProvider = Version.class,
        mixinStandardHelpOptions = true)
@OwnsWallClock("a server that is not ours runs by the clock on the wall, and is sent real entropy")
final class ProbeCommand implements Callable<Integer> {
    private static final double PACE_MIN = 0.01;
    private static final double PACE_MAX = 1000;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(
            paramLabel = "URL",
            description = "wss://HOST/PATH, or ws, https, http, mqtt, mqtts, with a port if need be.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String url;

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Main program;

    @Mixin
    private LanguageOption lang = new LanguageOption();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Option(names = "--device-id", paramLabel = "MAC", description = "Device-Id header (default: one made up).")
    private @Nullable String deviceId;

    @Option(names = "--client-id", paramLabel = "UUID", description = "Client-Id header (default: one made up).")
    private @Nullable String clientId;

    @Option(
            names = "--mqtt-username",
            paramLabel = "NAME",
            description =
                    "User name at a broker (default: none); the password is the --token, the client id --client-id.")
    private String mqttUsername = "";

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description = "Only this kind of device; may be repeated (default: all).")
    private List<String> profiles = new ArrayList<>();

    @Option(
            names = "--watch",
            paramLabel = "TIME",
            description =
                    "How long to look at a quiet session, for pings and for who cuts it (default: 25s; fronts cut after 60 s).")
    private String watch = "25s";

    @Option(
            names = "--connections-per-second",
            paramLabel = "N",
            description = "In the long run (default: 1.5, so that no ban is provoked).")
    private double connectionsPerSecond = ExamineSettings.DEFAULT_PACE;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Override
    public Integer call() {
        ExamineSettings settings = settings();
        PrintWriter err = spec.commandLine().getErr();
        Translation language = language();
        Consumer<String> progress = json ? what -> {} : what -> err.println("… " + language.sentence(what));
        if (ServerUrl.isBroker(url)) {
            return examineBroker(settings, progress);
        }
        return OtaExaminer.isOta(url) ? examineOta(settings, progress) : examineServer(settings, progress);
    }

    private int examineBroker(ExamineSettings settings, Consumer<String> progress) {
        try (OtaExaminer examiner =
                new OtaExaminer(settings, InstantSource.system(), System::nanoTime, new SecureRandom(), progress)) {
            MqttFinding broker = examiner.examineBroker(settings.url(), mqttLogin(settings.identity()));
            print(json ? List.of(OtaExaminationText.json(broker)) : OtaExaminationText.of(broker, language()));
            return broker.connected() ? 0 : 1;
        } catch (ExamineException e) {
            throw new CliException(String.valueOf(e.getMessage()));
        }
    }

    /** By what name devices are known there that no server has bound. */
    private JsonNode mqttLogin(Identity identity) {
        String mac = identity.deviceId().replace(':', '_');
        return JsonNodeFactory.instance
                .objectNode()
                .put("client_id", Objects.requireNonNullElse(clientId, "GID_default@@@" + mac + "@@@" + mac))
                .put("username", mqttUsername)
                .put("password", Objects.requireNonNullElse(identity.token(), ""))
                .put("publish_topic", "device-server");
    }

    private int examineOta(ExamineSettings settings, Consumer<String> progress) {
        try (OtaExaminer examiner =
                new OtaExaminer(settings, InstantSource.system(), System::nanoTime, new SecureRandom(), progress)) {
            OtaExamination examination = examiner.examine();
            print(
                    json
                            ? List.of(OtaExaminationText.json(examination))
                            : OtaExaminationText.of(examination, language()));
            return examination.allReachable() ? 0 : 1;
        } catch (ExamineException e) {
            throw new CliException(String.valueOf(e.getMessage()));
        }
    }

    private int examineServer(ExamineSettings settings, Consumer<String> progress) {
        try (ServerExaminer examiner =
                new ServerExaminer(settings, InstantSource.system(), System::nanoTime, new SecureRandom(), progress)) {
            Examination examination = examiner.examine();
            print(json ? List.of(ExaminationText.json(examination)) : ExaminationText.of(examination, language()));
            return examination.allConnect() ? 0 : 1;
        } catch (ExamineException e) {
            throw new CliException(String.valueOf(e.getMessage()));
        }
    }

    private Translation language() {
        return lang.translation(program.environment());
    }

    private void print(List<String> lines) {
        PrintWriter out = spec.commandLine().getOut();
        lines.forEach(line -> out.print(json ? line : line + System.lineSeparator()));
        out.flush();
    }

    /** One address in place of all those the name has, or none. */
    private List<InetAddress> addresses() {
        InetAddress given = server.address();
        return given == null ? List.of() : List.of(given);
    }

    private ExamineSettings settings() {
        if (!(connectionsPerSecond >= PACE_MIN && connectionsPerSecond <= PACE_MAX)) {
            throw new CliException("--connections-per-second " + connectionsPerSecond
                    + " is no pace; expected a number from " + PACE_MIN + " to " + (int) PACE_MAX + ".");
        }
        List<String> names = profiles.isEmpty() ? webSocketProfiles() : profiles;
        DeviceConfig stranger = DeviceConfig.of("fieldloop-probe", profile(names.get(0)), "");
        names.forEach(ProbeCommand::profile);
        return new ExamineSettings(
                serverUrl(),
                addresses(),
                server.roots(),
                new Identity(
                        server.token(),
                        ServerOptions.headerValue(
                                "--client-id", Objects.requireNonNullElse(clientId, stranger.clientId())),
                        ServerOptions.headerValue(
                                "--device-id", Objects.requireNonNullElse(deviceId, stranger.deviceId())),
                        1),
                names,
                watched(),
                connectionsPerSecond);
    }

    private static List<String> webSocketProfiles() {
        return DeviceProfile.names().stream()
                .filter(name -> !DeviceProfile.named(name).mqtt().alone())
                .toList();
    }

    private ServerUrl serverUrl() {
        try {
            return ServerUrl.isBroker(url) ? ServerUrl.broker(url) : ServerUrl.parse(url);
        } catch (ExamineException e) {
            throw new CliException(String.valueOf(e.getMessage()));
        }
    }

    private static DeviceProfile profile(String name) {
        try {
            return DeviceProfile.named(name);
        } catch (IllegalArgumentException e) {
            throw new CliException("--profile: " + e.getMessage());
        }
    }

    private Duration watched() {
        try {
            Duration duration = DurationText.parse(watch);
            if (!duration.isNegative()) {
                return duration;
            }
        } catch (IllegalArgumentException e) {
            throw new CliException("--watch " + watch + " " + e.getMessage() + "; expected a duration such as 25s.");
        }
        throw new CliException("--watch " + watch + " is negative; expected a duration such as 25s.");
    }
}
