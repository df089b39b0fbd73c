package io.fieldloop.scenario.rig;

import io.fieldloop.device.link.LinkControl;
import io.fieldloop.device.link.profile.Outage;
import io.fieldloop.scenario.dispatch.Dispatch;
import io.fieldloop.scenario.model.NatScope;
import io.fieldloop.scenario.model.OutageKind;
import io.fieldloop.scenario.model.Step;

/** What steps do to a link, in a scenario and in front of a gateway that real devices use. */
public final class LinkSteps {
    private static final Dispatch<LinkControl, Step.OnLink, Runnable> ACTIONS =
            Dispatch.<LinkControl, Step.OnLink, Runnable>over(Step.OnLink.class)
                    .on(Step.Outage.class, (link, outage) -> () -> link.outage(outage.lasts(), how(outage)))
                    .on(
                            Step.ChangeLink.class,
                            (link, change) -> () -> link.change(change.link().profile()))
                    .on(Step.ResetLink.class, (link, reset) -> link::resetAll)
                    .on(Step.Blackhole.class, (link, blackhole) -> () -> link.blackhole(blackhole.lasts()))
                    .on(
                            Step.NatRebind.class,
                            (link, rebind) -> rebind.what() == NatScope.UDP ? link::natRebindUdp : link::natRebind)
                    .complete();

    private LinkSteps() {}

    /** Does it. */
    public static void perform(Step.OnLink step, LinkControl link) {
        ACTIONS.act(link, step).run();
    }

    private static Outage.How how(Step.Outage outage) {
        return outage.how() == OutageKind.REFUSED ? Outage.How.REFUSED : Outage.How.SILENT;
    }
}
