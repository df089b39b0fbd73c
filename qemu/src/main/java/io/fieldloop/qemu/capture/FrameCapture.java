package io.fieldloop.qemu.capture;

/** Records the frames of a link in a pcapng file. */
public final class FrameCapture implements AutoCloseable {
    @Override
    public void close() {}
}
