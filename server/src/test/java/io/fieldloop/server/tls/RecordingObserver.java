package io.fieldloop.server.tls;

import io.fieldloop.server.fault.FaultAction;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what it was told, as text that a test reads at a glance, and the failures as they are. */
final class RecordingObserver implements TlsObserver {
    final List<String> told = new CopyOnWriteArrayList<>();
    final List<TlsFailure> failures = new CopyOnWriteArrayList<>();

    @Override
    public void established(TlsVersion version, String suite, String serverName, boolean resumed) {
        told.add("established " + version + " " + suite + " " + serverName + (resumed ? " resumed" : ""));
    }

    @Override
    public void failed(TlsFailure failure) {
        failures.add(failure);
        told.add("failed " + failure.reason().wireName() + " sent " + failure.alertSent() + " received "
                + failure.alertReceived());
    }

    @Override
    public void faultApplied(FaultAction fault) {
        told.add("fault " + fault.wireName());
    }

    /** Linger 0 makes the close a reset on sockets; channels without the option just close. */
    @Override
    public void reset(Channel channel) {
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        channel.close();
    }

    @Override
    public void broken(TlsFailure failure) {
        failures.add(failure);
        told.add("broken " + failure.reason().wireName() + " received " + failure.alertReceived());
    }
}
