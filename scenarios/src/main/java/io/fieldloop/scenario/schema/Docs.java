package io.fieldloop.scenario.schema;

import io.fieldloop.scenario.model.Doc;
import io.fieldloop.server.fault.FaultAction;
import io.fieldloop.server.fault.FaultCatalogue;

/** What a record means: its annotation, or the catalogue of the module that owns it. */
final class Docs {
    private Docs() {}

    static String of(Class<?> type) {
        Doc doc = type.getAnnotation(Doc.class);
        if (doc != null) {
            return doc.value();
        }
        return FaultAction.class.isAssignableFrom(type)
                ? FaultCatalogue.named(Words.of(type))
                        .map(FaultCatalogue.Entry::description)
                        .orElse("")
                : "";
    }
}
