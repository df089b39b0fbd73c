package io.fieldloop.scenario.rig;

import java.util.Map;

/** Takes down what a device and its link report; may be called from any thread. */
public interface DeviceJournal {
    /** Something the device did or noticed. */
    void device(String kind, Map<String, Object> attributes);

    /** Something that happened on its link. */
    void link(String kind, Map<String, Object> attributes);
}
