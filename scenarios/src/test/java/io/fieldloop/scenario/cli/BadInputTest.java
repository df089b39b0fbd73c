package io.fieldloop.scenario.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot be done is one sentence and exit code 2, never a stack trace. */
class BadInputTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            my.yaml              | 'my.yaml' is no command; to run a scenario, write `fieldloop run my.yaml`.
            --nonsense           | Unknown option: '--nonsense'; see `fieldloop --help`.
            run --nonsense       | Unknown option: '--nonsense'; see `fieldloop run --help`.
            run --rig sokcet     | Invalid value for option '--rig': there is no rig 'sokcet'; expected virtual, socket, qemu; see `fieldloop run --help`.
            run --seed 1e9       | Invalid value for option '--seed': '1e9' is no whole number of 64 bits; see `fieldloop run --help`.
            run --timeout -5s tls | Invalid value for option '--timeout': '-5s' is no time to wait; expected one such as 90s; see `fieldloop run --help`.
            run --timeout 0s tls | Invalid value for option '--timeout': '0s' is no time to wait; expected one such as 90s; see `fieldloop run --help`.
            serve --ws 8123 --ban -5s | Invalid value for option '--ban': '-5s' is no time to wait; expected one such as 90s; see `fieldloop serve --help`.
            serve --ws 8123 --admin 8123 | --ws and --admin both name port 8123; give each listener one of its own.
            modem --kind nt26-eth --set csqq=1 --tcp 0 | The modem nt26-eth has no setting 'csqq': expected one of ci, circuit, condition, csq, echo, host, iccid, imei, imsi, ip, line, maker, model, module, names, nat, operator, packet, pdp, plmn, port, prompt, registration, reports, sim, started, tac, type.
            init /proc/my.yaml   | /proc/my.yaml cannot be written (its folder is not there and cannot be made); name another file.
            explain --log src/test/resources/io/fieldloop/scenario/diagnose/log/cases/c-ws-32772.log --scenario /proc/x.yaml | /proc/x.yaml cannot be written (its folder is not there and cannot be made); name another file.
            probe gateway        | 'gateway' begins with no scheme that leads to a WebSocket server; expected wss://HOST/PATH, or ws, https, http or mqtt.
            run no/such          | 'no/such' is neither a file, nor a folder, nor a scenario of the bundled suite; see `fieldloop list`.
            run tls/wrong-nmae   | 'tls/wrong-nmae' is neither a file, nor a folder, nor a scenario of the bundled suite; did you mean tls/wrong-name?
            list linkk           | 'linkk' is neither a file, nor a folder, nor a scenario of the bundled suite; did you mean link?
            check                | Missing required parameter: 'PATH'; see `fieldloop check --help`.
            run [a=b]            | '' is neither a file, nor a folder, nor a scenario of the bundled suite; see `fieldloop list`.
            run tls/wrong-name[a=b] | 'tls/wrong-name[a=b]' names no case of tls/wrong-name; there is tls/wrong-name.
            run tls/wrong-name --only dns | None of these scenarios has the tag dns; there are certificate, tls.
            run --firmware my.bin tls | --firmware is for firmware in QEMU; add --rig qemu, or leave it out.
            run --internet --rig socket tls | --internet is for firmware in QEMU; add --rig qemu, or leave it out.
            run --machine esp32 tls | --machine is for firmware in QEMU; add --rig qemu, or leave it out.
            run --rig qemu --machine esp23 tls | there is no machine "esp23"; expected one of lx60, esp32, esp32s3, esp32c3.
            run --rig qemu --firmware no.bin tls | no.bin cannot be read; expected a flash image or an ELF file.
            explain --log /dev/zero | /dev/zero is no text; give a device's console log, or a server's log.
            explain --log README.md --dictionary /dev/zero | /dev/zero: cannot be read (it has more than 1048576 bytes).
            firmware inspect /dev/zero | /dev/zero has more bytes than any ESP32's flash; give a flash image or an app image.
            probe ws://127.0.0.1:1/ --token @/dev/zero | The file /dev/zero of --token cannot be read; give one with that and nothing else in it.
            probe ws://127.0.0.1:1/ --connections-per-second 1e-300 | --connections-per-second 1.0E-300 is no pace; expected a number from 0.01 to 1000.
            probe wss://127.0.0.1:1/ --ca /dev/zero | The file /dev/zero of --ca cannot be read; give a PEM file with root certificates.
            serve --ws 0 --host 203.0.113.9 | Listener "ws" cannot listen on 203.0.113.9:0: this machine has no such address; name one that it has, or 0.0.0.0 for all.
            diagnose README.md --keylog nowhere.log | --keylog nowhere.log cannot be read; give a file such as SSLKEYLOGFILE leaves.
            run --resume /proc/parts tls/wrong-name | Run directory /proc/parts could not be made: /proc/parts cannot be made; expected a directory that can be written to
            link lte | Unknown link profile 'lte': known are none, cat4-good, cat4-busy, cat1-typical, cat1-edge, iot-sim-throttled, ltem-hd, ltem-hd-edrx, nbiot-normal, nbiot-deep, interrat-handover, tunnel.
            help frobnicate | Unknown subcommand 'frobnicate'; see `fieldloop --help`.
            run --rig qemu --firmware README.md tls | README.md: bad magic: the file begins with 0x23, where an app image or a merged flash image has 0xe9 (merged ones for some chips at 0x1000 or 0x2000).
            """)
    void isOneSentence(String arguments, String sentence) {
        CommandLineRun run = CommandLineRun.of(arguments.split(" "));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.printed().strip()).isEqualTo("fieldloop: " + sentence);
    }

    @Test
    void anUnknownCommandIsToldWhichThereAre() {
        CommandLineRun run = CommandLineRun.of("frobnicate");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .startsWith("fieldloop: 'frobnicate' is no command; there are ")
                .contains("check, ", "list, ", "run, ", "schema, ", "serve");
    }

    @Test
    void emptyPathIsNotTheWorkingDirectory() {
        CommandLineRun run = CommandLineRun.of("run", "");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("fieldloop: An empty PATH names nothing; ");
    }

    @Test
    void aPathThatNoFileSystemTakesIsOneSentence() {
        assertThat(CommandLineRun.of("check", "a\0b").err()).startsWith("fieldloop: 'a\\x00b' cannot be a path: ");
    }

    @Test
    void aFileWithoutAnEndIsTooLarge() {
        assertThat(CommandLineRun.of("check", "/dev/zero").out())
                .startsWith("/dev/zero:1:1: is larger than 1 MiB; expected a scenario file");
    }

    /** A file from the web can hold what clears a screen, renames a window or answers for the user. */
    @Test
    void noKeyOrTitleOfAFileSteersTheTerminal() throws IOException {
        Path key = Files.writeString(folder.resolve("key.yaml"), """
                scenario: A key with colours
                "fo\\e[31mo": 1
                """);
        Path title = Files.writeString(folder.resolve("title.yaml"), """
                scenario: "A title\\e[2J\\u202e"
                devices: { door: {} }
                expect: [{ device: door, is: online }]
                """);

        assertThat(CommandLineRun.of("check", key.toString()).out()).contains(":2:1: fo\\x1b[31mo: unknown key");
        assertThat(CommandLineRun.of("run", key.toString()).err())
                .contains("fo\\x1b[31mo")
                .doesNotContain("\u001b");
        assertThat(CommandLineRun.of("list", title.toString()).out()).startsWith("A title\\x1b[2J\\u202e\n");
    }

    @Test
    void noArgumentsShowWhichCommandsThereAre() {
        CommandLineRun run = CommandLineRun.of();

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("Usage: fieldloop", "run ", "check ", "list ", "schema ", "serve ");
    }

    @Test
    void aFolderWithoutScenariosIsOneSentence() {
        CommandLineRun run = CommandLineRun.of("run", folder.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("holds no scenario file (*.yaml).");
    }

    @Test
    void brokenFilesAreNotRunAndSayWhere() throws IOException {
        Path file = Files.writeString(folder.resolve("broken.yaml"), "scenario: x\ndevises: { door: {} }\n");
        CommandLineRun run = CommandLineRun.of("run", file.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains(file + ":2:1: devises: unknown key; did you mean \"devices\"?")
                .contains("fieldloop: Nothing was run, because of 2 problems in 1 file.");
    }

    @Test
    void binaryFilesAndFoldersNamedLikeScenariosAreProblemsToo() throws IOException {
        Path binary = Files.write(folder.resolve("binary.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 'x'});
        Path directory = Files.createDirectory(folder.resolve("folder.yaml"));

        assertThat(CommandLineRun.of("check", binary.toString()).out()).contains(":1:1: is not UTF-8 text");
        assertThat(CommandLineRun.of("check", directory.toString()).err()).contains("holds no scenario file");
        assertThat(CommandLineRun.of("check", folder.toString()).out()).contains("1 problem in 1 file");
    }

    @Test
    void placesThatCannotBeWrittenToAreToldBeforeAnythingRuns() throws IOException {
        String file = Files.writeString(folder.resolve("file"), "").toString();

        assertThat(CommandLineRun.of("run", "tls/wrong-name", "--out", file))
                .returns(2, CommandLineRun::exitCode)
                .returns("", CommandLineRun::out)
                .returns(
                        "fieldloop: Run directory below " + file + " could not be made: " + file
                                + " is a file; expected a directory that can be written to, name another with --out"
                                + System.lineSeparator(),
                        CommandLineRun::err);
        String out = folder.resolve("out").toString();
        assertThat(CommandLineRun.of("run", "tls/wrong-name", "--out", out, "--junit", folder.toString()))
                .returns(2, CommandLineRun::exitCode)
                .returns("", CommandLineRun::out);
    }
}
