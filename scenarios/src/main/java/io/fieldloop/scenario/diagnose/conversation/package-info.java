/** What was spoken on one captured connection: told from its first bytes, and read layer by layer. */
@NullMarked
package io.fieldloop.scenario.diagnose.conversation;

import org.jspecify.annotations.NullMarked;
