package io.fieldloop.device.link.model;

import io.netty.channel.EventLoop;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Counts what may happen often: the first is reported at once, those of the second after it in one report at its end, so
 * that a lossy link does not bury the rest of a journal.
 */
public final class EventAggregator<K> {
    private static final long WINDOW_MILLIS = 1000;

    private final EventLoop loop;
    private final Report<K> report;
    private final Map<K, Window> windows = new HashMap<>();

    public EventAggregator(EventLoop loop, Report<K> report) {
        this.loop = loop;
        this.report = report;
    }

    /** One more; {@code nanos} is what it took, of which the longest is reported. */
    public void count(K key, long nanos) {
        Window window = windows.get(key);
        if (window == null) {
            windows.put(key, new Window());
            report.happened(key, 1, nanos);
            closeLater(key);
        } else {
            window.count++;
            window.nanosMax = Math.max(window.nanosMax, nanos);
        }
    }

    /** Reports what has not been reported. */
    public void flush() {
        windows.forEach(this::report);
        windows.clear();
    }

    private void closeLater(K key) {
        loop.schedule(() -> close(key), WINDOW_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void close(K key) {
        Window window = windows.remove(key);
        if (window != null && window.count > 0) {
            windows.put(key, new Window());
            report(key, window);
            closeLater(key);
        }
    }

    private void report(K key, Window window) {
        if (window.count > 0) {
            report.happened(key, window.count, window.nanosMax);
        }
    }

    /** Hears how often something happened, and the longest it took. */
    public interface Report<K> {
        void happened(K key, long times, long nanosMax);
    }

    private static final class Window {
        private long count;
        private long nanosMax;
    }
}
