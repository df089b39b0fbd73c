package io.fieldloop.scenario.report.ci;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A form of the results beside those of every run. */
public enum ReportFormat {
    /** Annotations in what is printed, and the job's summary. */
    GITHUB,
    /** Code quality and annotations. */
    GITLAB,
    JUNIT,
    JSON;

    /** The word for it. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What the CI system that runs us reads. */
    public static Set<ReportFormat> in(Map<String, String> environment) {
        Set<ReportFormat> formats = EnumSet.noneOf(ReportFormat.class);
        if ("true".equals(environment.get("GITHUB_ACTIONS"))) {
            formats.add(GITHUB);
        }
        if ("true".equals(environment.get("GITLAB_CI"))) {
            formats.add(GITLAB);
            formats.add(JUNIT);
        }
        return formats;
    }
}
