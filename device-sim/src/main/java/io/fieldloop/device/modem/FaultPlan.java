package io.fieldloop.device.modem;

import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Which fault acts on what a modem hears or is about to say, each as often as it is told to. */
final class FaultPlan {

    private final List<ModemFault> faults;
    private final int[] met;
    private final BiConsumer<ModemFault, String> acted;

    /** The faults, and who is told when one acts, and on what. */
    FaultPlan(List<ModemFault> faults, BiConsumer<ModemFault, String> acted) {
        this.faults = faults;
        this.met = new int[faults.size()];
        this.acted = acted;
    }

    /** The first that acts on this text; null where none does. */
    @Nullable
    ModemFault on(ModemFault.When when, String text) {
        for (int index = 0; index < met.length; index++) {
            ModemFault fault = faults.get(index);
            if (fault.when() == when && text.startsWith(fault.beginning())) {
                int before = met[index]++;
                if (before >= fault.skip() && before < fault.skip() + fault.times()) {
                    acted.accept(fault, text);
                    return fault;
                }
            }
        }
        return null;
    }

    /** Those that wait for a time. */
    List<ModemFault> timed() {
        return faults.stream()
                .filter(fault -> fault.when() == ModemFault.When.TIME)
                .toList();
    }

    void acts(ModemFault fault) {
        acted.accept(fault, "");
    }
}
