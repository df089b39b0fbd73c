/** What a link is like, as data: profiles, their keys and the presets. No behaviour, no Netty. */
@NullMarked
package io.fieldloop.device.link.profile;

import org.jspecify.annotations.NullMarked;
