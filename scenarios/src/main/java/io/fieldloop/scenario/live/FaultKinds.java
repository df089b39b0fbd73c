package io.fieldloop.scenario.live;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fieldloop.device.link.event.NameReply;
import io.fieldloop.device.link.profile.LinkKey;
import io.fieldloop.device.link.profile.LinkProfiles;
import io.fieldloop.scenario.rig.firmware.ServedFirmware;
import io.fieldloop.scenario.shape.Kebab;
import io.fieldloop.server.event.WireNames;
import io.fieldloop.server.fault.FaultCatalogue;
import io.fieldloop.server.fault.Param;
import java.lang.reflect.RecordComponent;

/** What can be put on a running gateway, read off the catalogues, for whoever draws a form of it. */
final class FaultKinds {
    private FaultKinds() {}

    /** What a link, a name server and a certificate can do, where there are such, then the faults of the gateway. */
    static ArrayNode json(boolean links, boolean names, boolean certificate) {
        ArrayNode kinds = JsonNodeFactory.instance.arrayNode();
        if (links) {
            ObjectNode link = kinds.addObject().put("key", "link").put("group", "link");
            ArrayNode parameters = link.putArray("parameters");
            ObjectNode base = parameter(parameters, "base", "The preset to start from", "none", false);
            LinkProfiles.names().forEach(base.putArray("words")::add);
            for (LinkKey key : LinkKey.values()) {
                parameter(parameters, key.wireName(), key.explanation(), key.example(), true);
            }
            timed(kinds, "outage");
            timed(kinds, "blackhole");
            kinds.addObject().put("key", "reset-link").put("group", "link");
            kinds.addObject().put("key", "nat-rebind").put("group", "link");
        }
        if (names) {
            ArrayNode parameters =
                    kinds.addObject().put("key", "names").put("group", "link").putArray("parameters");
            parameter(parameters, "of", "Which name", ServedFirmware.GATEWAY, false);
            ObjectNode says = parameter(parameters, "says", "What is said of it; records: that it has none", "", false);
            for (NameReply reply : NameReply.values()) {
                says.withArray("words").add(Kebab.of(reply));
            }
        }
        if (certificate) {
            kinds.addObject().put("key", "renew-certificate").put("group", "certificate");
        }
        FaultCatalogue.entries().forEach(entry -> fault(kinds.addObject(), entry));
        return kinds;
    }

    private static void timed(ArrayNode kinds, String key) {
        kinds.addObject().put("key", key).put("group", "link").put("own-time", true);
    }

    private static void fault(ObjectNode kind, FaultCatalogue.Entry entry) {
        kind.put("key", "do")
                .put("name", entry.name())
                .put("group", WireNames.kebab(entry.phase().name()))
                .put("does", entry.description());
        ArrayNode parameters = kind.putArray("parameters");
        for (RecordComponent component : entry.type().getRecordComponents()) {
            Param told = FaultCatalogue.parameter(component);
            ObjectNode one = parameter(
                    parameters,
                    WireNames.of(component),
                    told == null ? "" : told.value(),
                    told == null ? "" : told.fallback(),
                    (told != null && !told.fallback().isEmpty())
                            || component.getAnnotatedType().getAnnotations().length > 0);
            if (component.getType().isEnum()) {
                ArrayNode words = one.putArray("words");
                for (Object word : component.getType().getEnumConstants()) {
                    words.add(WireNames.kebab(((Enum<?>) word).name()));
                }
            }
        }
    }

    private static ObjectNode parameter(ArrayNode list, String name, String does, String example, boolean optional) {
        return list.addObject()
                .put("name", name)
                .put("does", does)
                .put("example", example)
                .put("optional", optional);
    }
}
