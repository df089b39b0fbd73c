/** What a gateway reports: its events, its closed vocabularies of reasons, and who hears them; imports nothing of the gateway. */
@NullMarked
package io.fieldloop.server.event;

import org.jspecify.annotations.NullMarked;
