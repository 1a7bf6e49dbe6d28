/** Tests of credentials for DTLS and TLS from flags and files. */
@NullMarked
package dev.moat.cli.tls;

import org.jspecify.annotations.NullMarked;
