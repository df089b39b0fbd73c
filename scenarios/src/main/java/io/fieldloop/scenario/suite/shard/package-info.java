/** One suite on many machines: which machine takes which case, and what their results are together. Runs nothing. */
@NullMarked
package io.fieldloop.scenario.suite.shard;

import org.jspecify.annotations.NullMarked;
