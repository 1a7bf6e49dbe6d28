/** Tests of the UDP transport over loopback. */
@NullMarked
package dev.moat.endpoint.udp;

import org.jspecify.annotations.NullMarked;
