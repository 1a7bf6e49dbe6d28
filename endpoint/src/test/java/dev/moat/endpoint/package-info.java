/** Tests of server and client over loopback sockets. */
@NullMarked
package dev.moat.endpoint;

import org.jspecify.annotations.NullMarked;
