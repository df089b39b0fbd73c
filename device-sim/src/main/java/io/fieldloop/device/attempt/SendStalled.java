package io.fieldloop.device.attempt;

/** Event of a connection: what the device sent was not taken within the limit of its client. */
public record SendStalled() {}
