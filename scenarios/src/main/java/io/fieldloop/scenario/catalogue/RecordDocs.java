package io.fieldloop.scenario.catalogue;

import io.fieldloop.scenario.shape.Doc;
import io.fieldloop.scenario.shape.Kebab;
import io.fieldloop.server.fault.FaultAction;
import io.fieldloop.server.fault.FaultCatalogue;

/** What a record means: its annotation, or the catalogue of the module that owns it. */
final class RecordDocs {
    private RecordDocs() {}

    static String of(Class<?> type) {
        Doc doc = type.getAnnotation(Doc.class);
        if (doc != null) {
            return doc.value();
        }
        return FaultAction.class.isAssignableFrom(type)
                ? FaultCatalogue.named(Kebab.of(type))
                        .map(FaultCatalogue.Entry::description)
                        .orElse("")
                : "";
    }
}
