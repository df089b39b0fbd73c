package io.fieldloop.scenario.probe;

import io.fieldloop.scenario.probe.finding.RefusalFinding;
import io.fieldloop.scenario.probe.finding.UpgradeFinding;
import io.fieldloop.scenario.probe.wire.AnswerHead;
import io.fieldloop.scenario.probe.wire.ServerUrl;
import io.fieldloop.scenario.report.text.VisibleText;
import io.netty.util.NetUtil;
import java.util.ArrayList;
import java.util.List;

/**
 * Notices that every request got one and the same refusal, whatever was wrong with it.
 *
 * <p>A gateway answers a POST and a wrong token differently; who does not looks at something else than the request, as a web
 * application firewall does that counts a host without a name against a client.
 */
final class SameAnswer {
    private SameAnswer() {}

    static List<String> remarks(ServerUrl url, UpgradeFinding upgrade, List<RefusalFinding> refusals) {
        String line = VisibleText.line(new AnswerHead(upgrade.answer()).statusLine());
        boolean same = refusals.stream().allMatch(refusal -> refusal.answer().equals(line));
        if (upgrade.switched() || upgrade.status() == null || upgrade.status() < 400 || !same) {
            return List.of();
        }
        List<String> remarks = new ArrayList<>();
        remarks.add(
                "A device's request and all " + refusals.size() + " wrong ones were answered '" + line
                        + "': that is a front or firewall, or a rule about this address, and not the gateway's verdict on the request.");
        if (NetUtil.isValidIpV4Address(url.host())) {
            remarks.add(
                    "The URL gives the host as a number, which firewalls for web requests hold against a client: try its"
                            + " name, with --address " + url.host() + ".");
        }
        return remarks;
    }
}
