package io.fieldloop.server.fault;

import io.fieldloop.server.event.FaultPhase;
import io.fieldloop.server.event.WireNames;

/**
 * One way to bend what the gateway does, as data.
 *
 * <p>The record's name and components in kebab-case are the words of a scenario file: {@code {do: redirect, to: ..., status: 301}}.
 */
public sealed interface FaultAction
        permits AcceptFault, TlsFault, UpgradeFault, ConnackFault, HelloFault, SessionFault, OtaFault {
    FaultPhase phase();

    /** Kebab-case, such as {@code reset-after-bytes}. */
    default String wireName() {
        return WireNames.kebab(getClass().getSimpleName());
    }
}
