package io.fieldloop.scenario.model;

import io.fieldloop.scenario.model.value.WriteRange;
import io.fieldloop.scenario.shape.Names;
import io.fieldloop.scenario.shape.annotation.Default;
import io.fieldloop.scenario.shape.annotation.Doc;
import io.fieldloop.scenario.shape.annotation.NotEmpty;
import io.fieldloop.scenario.shape.annotation.Refers;
import java.util.List;

/**
 * A power cut in the middle of what firmware writes while a step is done.
 *
 * @param atWrite of a case that was loaded one write alone
 * @param how of a case that was loaded one moment alone
 */
@Doc(
        "The power goes at a write into flash and comes back; the step is done when the device is ready for its user again. A file becomes a case for each write and moment; qemu rig only")
public record PowerSpec(
        @Doc(
                "Label of the partition that is written; where the reference firmware keeps its settings is `nvs`, its files are in `storage`")
        @NotEmpty
        String cut,

        @Doc(
                "Which programs and erases that change the partition, counted from the step's beginning: `3`, `1..20`, `1..` for all there are")
        WriteRange atWrite,

        @Doc("When the power goes of each of them") @Default("[before, torn, after]") @NotEmpty
        List<PowerMoment> how,

        @Doc("Whose power") @Default("all") @Refers("device")
        Names of) {
    /** The axes by which its cases are told apart. */
    public static final List<String> AXES = List.of("at-write", "how");

    public PowerSpec {
        how = List.copyOf(how);
    }

    /** Whether it goes once, at one write or at each that will be counted. */
    public boolean isOneCase() {
        return (atWrite.isOpen() || atWrite.from() == atWrite.to()) && how.size() == 1;
    }

    /** The one write of a case. */
    public int write() {
        return atWrite.from();
    }

    /** The one moment of a case. */
    public PowerMoment moment() {
        return how.get(0);
    }
}
