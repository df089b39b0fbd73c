package io.fieldloop.scenario.cli.option;

import io.fieldloop.device.link.profile.LinkProfile;
import io.fieldloop.device.link.profile.LinkProfileException;
import io.fieldloop.device.link.profile.LinkProfiles;
import io.fieldloop.scenario.diagnose.TranslatedDiagnosis;
import io.fieldloop.scenario.explain.Translation;
import io.fieldloop.server.session.SessionConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What {@code fieldloop serve} lets a person do to devices while they are connected. */
public final class LiveOptions {
    /** A device that has not answered for so long is gone. */
    private static final Duration PONG_LIMIT = Duration.ofSeconds(60);

    @Option(
            names = "--link",
            paramLabel = "PRESET",
            arity = "0..1",
            fallbackValue = "none",
            description = {
                "Puts a link in front of the listeners, which POST /faults and the live page can change;",
                "a preset of `fieldloop link` it is like at first (default: none, which changes nothing)."
            })
    @Nullable
    public String link;

    @Option(
            names = "--run-firmware",
            paramLabel = "IMAGE",
            arity = "0..1",
            fallbackValue = "",
            description = {
                "Boots firmware in QEMU beside the gateway, the reference firmware without IMAGE, behind a link of its own that",
                "POST /faults and the live page can change, with a name server; lines typed go to its console."
            })
    @Nullable
    public String firmware;

    @Mixin
    public FirmwareOptions machine = new FirmwareOptions();

    @Option(
            names = "--admin-token",
            paramLabel = "TOKEN|@FILE",
            description = "What POST /faults asks for (default: one that is made and printed).")
    @Nullable
    public String token;

    @Option(
            names = "--save-scenario",
            paramLabel = "FILE",
            description = "Writes the faults that were put on, and when devices connected, as a scenario at the end.")
    @Nullable
    public Path scenario;

    @Option(
            names = "--ping",
            paramLabel = "DURATION",
            converter = Converters.Time.class,
            description = "Pings WebSocket devices so often, which measures their round trip, such as 5s.")
    @Nullable
    public Duration ping;

    /** What the saved scenario says to a person. */
    public Translation language = Translation.english();

    /** Null for no link; firmware has one whatever it is like. */
    @Nullable
    public LinkProfile link() {
        try {
            return link != null ? LinkProfiles.named(link) : firmware == null ? null : LinkProfile.NONE;
        } catch (LinkProfileException unknown) {
            throw new CliException("--link: " + unknown.getMessage());
        }
    }

    /** Null for no pings. */
    public SessionConfig.@Nullable Ping ping() {
        return ping == null ? null : new SessionConfig.Ping(ping, PONG_LIMIT);
    }

    /** Tells at the start that a file cannot be written, and not when the work is done. */
    public void requireWritable() {
        if (scenario != null) {
            write("# Being recorded; written when fieldloop serve ends\n");
        }
    }

    public void write(String text) {
        if (scenario == null) {
            return;
        }
        try {
            Files.writeString(scenario, TranslatedDiagnosis.ofScenario(text, language));
        } catch (IOException e) {
            throw CliException.unwritable("--save-scenario " + scenario, e);
        }
    }
}
