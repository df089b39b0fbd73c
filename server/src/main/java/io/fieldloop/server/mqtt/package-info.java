/** The gateway on MQTT: packets, credentials, topics, and the link that carries a session; what is said in it lives elsewhere. */
@NullMarked
package io.fieldloop.server.mqtt;

import org.jspecify.annotations.NullMarked;
