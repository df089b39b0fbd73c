package io.fieldloop.scenario.catalogue;

/** The parts of the format reference that no record can say. */
final class FormatProse {
    static final String INTRODUCTION = """
            # The scenario file

            This page is written from the records in `io.fieldloop.scenario.model`, the same the loader binds files to. After a
            change there, this command writes it and `fieldloop.schema.json` anew:
            `mvn -o -pl scenarios -am test -Dtest=GeneratedFilesTest -Dsurefire.failIfNoSpecifiedTests=false -Dfieldloop.refresh=true`

            The smallest useful file:

            ```yaml
            scenario: A device comes online
            devices:
              door: {}
            expect:
              - { device: door, is: online }
            ```

            Files are YAML 1.2 in UTF-8, without anchors, aliases and tags. Unknown keys are errors. An error says file, line,
            column and key, what is wrong and what was expected. Devices of a group (`count:`) are called `name#1`, `name#2`, …;
            `name` means all of them, and `all` means everybody.
            """;

    static final String MATRIX = """

            ## Matrix

            `matrix:` turns one file into a case for each combination of its axes' values.

            ```yaml
            matrix:
              profile: [xiaozhi-wifi, esp-idf-websocket]
              tls:
                - { server: TLSv1.3, outcome: refused }
                - { server: TLSv1.2, outcome: online }
              exclude:
                - { profile: esp-idf-websocket, tls: { server: TLSv1.3 } }
            gateway: { tls: ["${tls.server}"] }
            devices:
              door: { profile: "${profile}" }
            expect:
              - { device: door, is: "${tls.outcome}" }
            ```

            - An axis is a list of values. A value is anything; a mapping gives several variables, `${axis.key}`.
            - A text that is nothing but one `${…}` becomes the value itself, be it a number, `null`, a list or a mapping. Within a
              longer text the value is put in as text. `$${` stands for `${`.
            - Inside `{ }` and `[ ]` write `"${…}"` with quotes, since YAML takes the braces otherwise.
            - `exclude` lists partial matches: cases that agree with all that an item names are left out.
            - A case is called `file[axis=value,…]`. A mapping is named by its key `label`, if it has one, else by all its values.
            - Problems point at the place where `${…}` stands and name the case.

            ## Power cuts

            `power:` of a step takes the power of firmware at a write into its flash, and gives it back at once:

            ```yaml
            steps:
              - boot: door
                power: { cut: otadata, at-write: 1..20 }
              - connect: door
            expect:
              - { event: power-lost, where: { partition: otadata } }
              - { device: door, is: online }
            ```

            - The file becomes a case for each write and moment, here `update-switch[at-write=7,how=torn]` and 59 others. A write is one program or
              erase, as the flash chip gets it, that changes something in the partition.
            - Where a `matrix` gives write and moment (`at-write: "${cut.write}", how: ["${cut.how}"]`) each value is one of them.
            - `at-write: 1..` means all writes there are. How many is known when firmware runs: before anything else `run` plays the story up to the
              end of the step with power, says how many writes came, and makes a case for each, with the same names as of a range with an end, so that
              parts of a run (`--shard`) and later runs agree on them as long as the firmware writes as often. `list` and `check` run nothing: there it is
              `update-switch[at-write=1..,how=torn]`; `run 'update-switch[at-write=7,how=torn]'` takes one. Where the firmware writes nothing, or the story
              does not get so far, the case keeps that name and is inconclusive, with the reason.
            - The step is done when the device is ready for its user again. Where there are fewer writes the case is inconclusive and says how many
              there were.
            - What comes before the power cut is played once for all cases of a file; `run --from-the-start` plays it for each. Each case has
              a gateway of its own from the power cut on: it knows nothing of connections and counts that came before.
            - In the other rigs such files are left out.
            """;

    static final String EVENTS = """

            ## Events

            What a journal can hold, and so what `event:` and `where:` can name: keys and values are spelt as in the journal file. A
            duration is a number of seconds, and its key ends in `-seconds`: `elapsed` of an expectation on a device is
            `elapsed-seconds` here. `null` asks for an entry without the attribute. The gateway's events know the device by the address
            its connection came from.
            """;

    private FormatProse() {}
}
