package io.fieldloop.scenario.model;

/** The TLS versions a gateway can offer. */
public enum TlsVersion {
    TLSv1("TLSv1"),
    TLSv1_1("TLSv1.1"),
    TLSv1_2("TLSv1.2"),
    TLSv1_3("TLSv1.3");

    private final String wireName;

    TlsVersion(String wireName) {
        this.wireName = wireName;
    }

    /** The word in the file. */
    public String wireName() {
        return wireName;
    }
}
