/** What a device asks of a name server over its link, and what it makes of the answers. What happens to packets is the link's. */
@org.jspecify.annotations.NullMarked
package io.fieldloop.device.link.name;
