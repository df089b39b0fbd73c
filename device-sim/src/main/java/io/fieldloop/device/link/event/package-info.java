/** What a link reports, and what passes it as a tap sees it; nothing that decides. */
@NullMarked
package io.fieldloop.device.link.event;

import org.jspecify.annotations.NullMarked;
