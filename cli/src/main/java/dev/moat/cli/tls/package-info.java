/**
 * Credentials for DTLS and TLS from the command line: libcoap's flags, PEM files, and the kinds
 * {@code dtls}, {@code tlscert}, {@code x509} and {@code rpk} of credentials files. All of it
 * becomes one {@link dev.moat.endpoint.credentials.Credentials}.
 *
 * <p>Thread rule: each object is used by the thread that runs the command.
 */
@NullMarked
package dev.moat.cli.tls;

import org.jspecify.annotations.NullMarked;
