package io.fieldloop.scenario.adversary;

/** Receives the events of an adversary; called on its event loop and must not block. */
@FunctionalInterface
public interface AdversaryListener {
    void onEvent(AdversaryEvent event);
}
