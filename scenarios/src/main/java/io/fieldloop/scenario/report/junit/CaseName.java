package io.fieldloop.scenario.report.junit;

/**
 * A case's identity split as JUnit wants it: {@code tls/renewal/late[key=rsa]} is subject {@code tls/renewal}, name
 * {@code late[key=rsa]}. Matrix values may hold slashes of their own.
 */
record CaseName(String subject, String name) {
    static CaseName of(String id) {
        int matrix = id.indexOf('[');
        int slash = id.lastIndexOf('/', matrix < 0 ? id.length() : matrix);
        return slash < 0
                ? new CaseName("scenarios", id)
                : new CaseName(id.substring(0, slash), id.substring(slash + 1));
    }

    /** Jenkins splits a class name at its last dot into package and class. */
    String className() {
        return "fieldloop." + subject.replace('.', '_').replace('/', '.');
    }
}
