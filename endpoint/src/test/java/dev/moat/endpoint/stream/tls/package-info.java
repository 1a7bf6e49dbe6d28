/** Tests of what is said when TLS fails. */
@NullMarked
package dev.moat.endpoint.stream.tls;

import org.jspecify.annotations.NullMarked;
