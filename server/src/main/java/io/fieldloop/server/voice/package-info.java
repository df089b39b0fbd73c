/** Encrypted audio over UDP: packets, keys, addresses and how the audio came through; nothing of what is said or of MQTT. */
@NullMarked
package io.fieldloop.server.voice;

import org.jspecify.annotations.NullMarked;
