package io.fieldloop.scenario.model.device;

import io.fieldloop.device.event.EventRecords;
import io.fieldloop.device.modem.ModemFault;
import io.fieldloop.device.modem.SessionFault;
import io.fieldloop.scenario.shape.annotation.Bounds;
import io.fieldloop.scenario.shape.annotation.Default;
import io.fieldloop.scenario.shape.annotation.Doc;
import io.fieldloop.scenario.shape.yaml.SourcePosition;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What goes wrong in a modem or on its UART: one of `command`, `line` and `at` says when. */
@Doc("What goes wrong in a modem or on its UART; one of `command`, `line` and `at` says when")
public record ModemFaultSpec(
        @Doc("Acts on commands that begin like this") @Nullable
        String command,

        @Doc("Acts on lines of the modem that begin like this; `>` is the prompt") @Nullable
        String line,

        @Doc("Acts at this time after power-up") @Nullable Duration at,

        @Doc("How many it lets pass first") @Default("0") @Bounds(min = 0, max = 1_000_000)
        int skip,

        @Doc("On how many it acts") @Default("1") @Bounds(min = 1, max = 1_000_000)
        int times,

        @Doc("How much later the command is answered or the line said; with `behind`, how long it is held back at most")
        @Default("0s")
        Duration delay,

        @Doc("The command or the line is lost") @Default("false")
        boolean lost,

        @Doc("The data of the command is taken and never sent; `says` is then its answer") @Default("false")
        boolean unsent,

        @Doc("What is said instead; `{line}` is the line itself, and an empty list is silence") @Nullable
        List<String> says,

        @Doc("The line is held back until one that begins like this has been said") @Nullable
        String behind,

        @Doc("Where in the command or the line bytes are lost, with `cut`") @Default("0") @Bounds(min = 0, max = 65_536)
        int cutAt,

        @Doc("How many bytes are lost there") @Default("0") @Bounds(min = 0, max = 65_536)
        int cut,

        @Doc("The modem restarts by itself") @Default("false")
        boolean reboots,

        @Doc("Its speed after that; default: the one it has") @Default("0") @Bounds(min = 0, max = 4_000_000)
        int baud,

        @Doc("How long the host's receiving task does not run from there on") @Default("0s")
        Duration stalls,

        @Doc("What becomes of a PPP session at that time, with `at`") @Nullable
        SessionFault session,

        SourcePosition position) {

    public ModemFaultSpec {
        if (Stream.of(command, line, at).filter(Objects::nonNull).count() != 1) {
            throw new IllegalArgumentException("needs one of command, line and at");
        }
        if (unsent && says == null) {
            throw new IllegalArgumentException("needs says, which is the answer to data that is not sent");
        }
    }

    /** What it acts on, as the modem's event writes it. */
    public String waitsFor() {
        return EventRecords.word(when());
    }

    private ModemFault.When when() {
        return command != null ? ModemFault.When.COMMAND : line != null ? ModemFault.When.LINE : ModemFault.When.TIME;
    }

    /** How the command or the line begins that it acts on; empty for a time. */
    public String beginning() {
        return command != null ? command : Objects.requireNonNullElse(line, "");
    }

    /** As much of that as the modem's event shows. */
    public String shownBeginning() {
        return ModemFault.shown(beginning());
    }

    /** The fault as the modem takes it. */
    public ModemFault device() {
        return new ModemFault(
                when(),
                beginning(),
                at == null ? Duration.ZERO : at,
                skip,
                times,
                delay,
                lost,
                unsent,
                says,
                behind,
                cutAt,
                cut,
                reboots,
                baud,
                stalls,
                session);
    }
}
