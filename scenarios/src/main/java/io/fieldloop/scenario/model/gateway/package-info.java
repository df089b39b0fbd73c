/** What a scenario file says about the gateway: its listeners, certificates, tokens, limits and faults. */
@NullMarked
package io.fieldloop.scenario.model.gateway;

import org.jspecify.annotations.NullMarked;
