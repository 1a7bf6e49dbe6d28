/** Tests of the DTLS transport over loopback. */
@NullMarked
package dev.moat.endpoint.dtls;

import org.jspecify.annotations.NullMarked;
