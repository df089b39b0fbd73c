/** Benchmarks of the virtual rig and the suite, run by hand with the Maven profile {@code bench}. */
package io.fieldloop.scenario.bench;
