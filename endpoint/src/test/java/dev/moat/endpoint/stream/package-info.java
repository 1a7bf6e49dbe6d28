/** Connections over real sockets on the loopback interface. */
@NullMarked
package dev.moat.endpoint.stream;

import org.jspecify.annotations.NullMarked;
