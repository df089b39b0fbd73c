/** Programs of others that stand in front of a gateway: their configurations, and running them; not what devices make of them. */
@NullMarked
package io.fieldloop.scenario.front;

import org.jspecify.annotations.NullMarked;
