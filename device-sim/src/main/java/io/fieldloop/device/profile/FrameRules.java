package io.fieldloop.device.profile;

/**
 * How a client treats frames.
 *
 * @param skipsUnknownOpcodes logs an unknown opcode and goes on, instead of failing the connection
 * @param acceptsMaskedFrames unmasks a server's masked frame, instead of failing the connection
 * @param answersClose sends a close frame back before it closes
 * @param messageBytesMax what the client can assemble; more than that fails the connection
 */
public record FrameRules(
        boolean skipsUnknownOpcodes, boolean acceptsMaskedFrames, boolean answersClose, int messageBytesMax) {}
