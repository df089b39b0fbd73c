/** The control packets of a captured MQTT connection. */
@NullMarked
package io.fieldloop.scenario.diagnose.mqtt;

import org.jspecify.annotations.NullMarked;
