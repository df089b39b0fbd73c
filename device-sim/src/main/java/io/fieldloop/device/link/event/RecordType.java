package io.fieldloop.device.link.event;

/** What a device asks a name server for: an IPv4 or an IPv6 address. */
public enum RecordType {
    A,
    AAAA
}
