/** OSCORE (RFC 8613) between Moat and Eclipse Californium, in both directions over loopback. */
@NullMarked
package dev.moat.interop.oscore;

import org.jspecify.annotations.NullMarked;
