/** Device profiles: what a kind of device sends, checks, waits for and logs, as data; the behaviour itself lives with its subject. */
@NullMarked
package io.fieldloop.device.profile;

import org.jspecify.annotations.NullMarked;
