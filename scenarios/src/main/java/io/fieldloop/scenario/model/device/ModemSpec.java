package io.fieldloop.scenario.model.device;

import io.fieldloop.device.modem.ModemSettings;
import io.fieldloop.device.modem.grammar.ModemKind;
import io.fieldloop.scenario.shape.annotation.Bounds;
import io.fieldloop.scenario.shape.annotation.Default;
import io.fieldloop.scenario.shape.annotation.Doc;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A modem that the firmware sets up at power-up; devices of a modem profile without one had theirs set up before the run. */
@Doc(
        "A cellular modem behind the device's UART, which its firmware sets up at power-up, with every line on the console")
public record ModemSpec(
        @Doc(
                "What it is: `ml307`, `ec801e`, `ppp` or `nt26-eth` (for firmware with a TCP/IP of its own), or a YAML file with a grammar of your own")
        @Default("ml307")
        String kind,

        @Doc("The speed the firmware asks for; 921600 where not given, with `nt26-eth` 3000000")
        @Nullable
        @Bounds(min = 9_600, max = 100_000_000)
        Integer baud,

        @Doc("The speed it has at power-up; 115200 where not given, with `nt26-eth` 3000000")
        @Nullable
        @Bounds(min = 9_600, max = 4_000_000)
        Integer powerUpBaud,

        @Doc("State of its SIM card") @Default("ready") Sim sim,

        @Doc("What its registration goes through; it stays in the last, and without any it is at home") @Default("[]")
        List<RegistrationSpec> registration,

        @Doc("Other settings of its grammar, by name, such as `operator`, `csq` or `pdp`") @Default("{}")
        Map<String, String> settings,

        @Doc("What goes wrong in it and on its UART") @Default("[]")
        List<ModemFaultSpec> faults) {

    /** A state of the SIM card, by the name the grammars have for it. */
    public enum Sim {
        @Doc("`+CPIN: READY`")
        READY,
        @Doc("`+CPIN: SIM PIN`")
        PIN,
        @Doc("`+CPIN: SIM PUK`")
        PUK,
        @Doc("`+CME ERROR: 10`")
        ABSENT,
        @Doc("`+CME ERROR: 14`")
        BUSY
    }

    public ModemSpec {
        settings =
                settings.isEmpty() ? Map.of() : Map.copyOf(ModemKind.named(kind).checked(settings));
    }

    /** Whether it is a network card, which understands no modem profile. */
    public boolean isEthernet() {
        return ModemKind.named(kind).isEthernet();
    }

    /** Whether the device's own TCP/IP can be behind it. */
    public boolean carriesPackets() {
        return ModemKind.named(kind).isPpp() || isEthernet();
    }

    /** The modem as the simulator takes it. */
    public ModemSettings device() {
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.put("sim", sim.name().toLowerCase(Locale.ROOT));
        ModemKind modem = ModemKind.named(kind);
        return new ModemSettings(
                modem,
                baud != null ? baud : modem.isEthernet() ? ModemSettings.ETHERNET_BAUD : ModemSettings.BAUD,
                powerUpBaud != null ? powerUpBaud : ModemSettings.powerUpBaud(modem),
                all,
                registration.stream().map(RegistrationSpec::device).toList(),
                faults.stream().map(ModemFaultSpec::device).toList());
    }

    /** A state of registration. */
    @Doc("A state of registration and how long it lasts")
    public record RegistrationSpec(
            @Doc("The state") State is,

            @Doc("How long it lasts, if another one follows") @Default("0s")
            Duration lasting) {

        /** The numbers of {@code +CEREG}. */
        public enum State {
            @Doc("0")
            OFF(0),
            @Doc("1")
            HOME(1),
            @Doc("2")
            SEARCHING(2),
            @Doc("3")
            DENIED(3),
            @Doc("4")
            UNKNOWN(4),
            @Doc("5")
            ROAMING(5);

            private final int stat;

            State(int stat) {
                this.stat = stat;
            }
        }

        ModemSettings.Registration device() {
            return new ModemSettings.Registration(is.stat, lasting);
        }
    }
}
