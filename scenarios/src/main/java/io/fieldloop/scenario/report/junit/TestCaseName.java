package io.fieldloop.scenario.report.junit;

/**
 * A case's identity split as JUnit wants it: {@code tls/renewal/late[key=rsa]} is subject {@code tls/renewal}, name
 * {@code late[key=rsa]}. Matrix values may hold slashes of their own.
 */
record TestCaseName(String subject, String name) {
    static TestCaseName of(String id) {
        int matrix = id.indexOf('[');
        int slash = id.lastIndexOf('/', matrix < 0 ? id.length() : matrix);
        return slash < 0
                ? new TestCaseName("scenarios", id)
                : new TestCaseName(id.substring(0, slash), id.substring(slash + 1));
    }

    /** Jenkins splits a class name at its last dot into package and class; a dot of a folder's own is escaped. */
    String className() {
        return "fieldloop." + subject.replace("%", "%25").replace(".", "%2E").replace('/', '.');
    }
}
