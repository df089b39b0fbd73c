package io.fieldloop.scenario.report;

import io.fieldloop.scenario.model.RigKind;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Gives each case of a run a file name that every file system takes and no other case has.
 *
 * <p>{@code tls/certificate-expires[key=rsa]} becomes {@code tls.certificate-expires_key=rsa}. Case-insensitive file
 * systems count: a second case that would meet the first one's file gets {@code -2}.
 */
final class CaseFileNames {
    private static final int LENGTH_MAX = 120;

    private final Map<String, String> nameOf = new LinkedHashMap<>();
    private final Set<String> taken = new HashSet<>();

    /** The rig is part of the identity: one case run on two rigs leaves two files. */
    synchronized String nameOf(String caseId, RigKind rig) {
        return nameOf.computeIfAbsent(rig + "\n" + caseId, key -> free(safe(caseId)));
    }

    private String free(String wanted) {
        String name = wanted;
        for (int n = 2; !taken.add(name.toLowerCase(Locale.ROOT)); n++) {
            name = wanted + "-" + n;
        }
        return name;
    }

    private static String safe(String caseId) {
        String name = caseId.replace('/', '.')
                .replaceAll("[\\[\\]]+$", "")
                .replace('[', '_')
                .replaceAll("[^A-Za-z0-9._=,+-]", "-")
                .replaceAll("^[.-]+", "");
        if (name.length() > LENGTH_MAX) {
            name = name.substring(0, LENGTH_MAX);
        }
        return name.isEmpty() ? "case" : name;
    }
}
