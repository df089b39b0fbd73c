package io.fieldloop.scenario.adversary;

/** Hears what an adversary does; called on its event loop and must not block. */
@FunctionalInterface
public interface AdversaryListener {
    void onEvent(AdversaryEvent event);
}
