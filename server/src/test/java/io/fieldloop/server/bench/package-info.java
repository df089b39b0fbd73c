/** Benchmarks of the gateway, run by hand with the Maven profile {@code bench}. */
package io.fieldloop.server.bench;
