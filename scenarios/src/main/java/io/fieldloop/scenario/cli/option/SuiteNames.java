package io.fieldloop.scenario.cli.option;

import io.fieldloop.scenario.suite.BundledSuite;
import java.util.Iterator;
import java.util.Set;
import java.util.TreeSet;

/** What a PATH can be completed to beside files: scenarios of the bundled suite and their folders. */
public final class SuiteNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
        Set<String> names = new TreeSet<>();
        for (String file : BundledSuite.files().keySet()) {
            names.add(file.substring(0, file.indexOf('/')));
            names.add(file.replaceFirst("\\.yaml$", ""));
        }
        return names.iterator();
    }
}
