package io.fieldloop.scenario.catalogue;

import io.fieldloop.device.link.profile.LinkKey;
import io.fieldloop.device.link.profile.LinkProfile;
import io.fieldloop.device.link.profile.LinkProfileException;
import io.fieldloop.scenario.shape.ScalarShapes;
import io.fieldloop.scenario.shape.Shape;
import java.util.LinkedHashMap;
import java.util.Map;

/** The settings of a link as keys of a scenario file, checked by the link model itself. */
final class LinkSettings {
    private LinkSettings() {}

    static Shape.Settings shape() {
        Map<String, Shape.Text> keys = new LinkedHashMap<>();
        Map<String, String> docs = new LinkedHashMap<>();
        for (LinkKey key : LinkKey.values()) {
            add(key, key.wireName(), key.explanation(), keys, docs);
        }
        for (LinkKey key : LinkKey.values()) {
            if (key.isPerDirection()) {
                add(key, "upstream." + key.wireName(), key.explanation() + ", device to gateway only", keys, docs);
                add(key, "downstream." + key.wireName(), key.explanation() + ", gateway to device only", keys, docs);
            }
        }
        return new Shape.Settings(keys, docs);
    }

    private static void add(
            LinkKey key, String name, String doc, Map<String, Shape.Text> keys, Map<String, String> docs) {
        keys.put(
                name,
                ScalarShapes.checked(
                        "link-setting", doc + ", for example " + key.example(), text -> checked(name, text)));
        docs.put(name, doc + ", for example `" + key.example() + "`");
    }

    private static String checked(String name, String text) {
        try {
            LinkProfile.NONE.with(name, text);
            return text;
        } catch (LinkProfileException wrong) {
            String sentence = String.valueOf(wrong.getMessage());
            int end = sentence.lastIndexOf("' ");
            String rest = end < 0 ? "cannot be used" : sentence.substring(end + 2);
            throw new IllegalArgumentException(rest.replaceFirst("\\.$", ""), wrong);
        }
    }
}
