/**
 * What parties authenticate with: claims sets, CWTs and certificates with their public keys, how
 * messages name them, and the stores that say which of them are trusted (RFC 9528, Section 3.5; RFC
 * 9360; RFC 8392; RFC 8747).
 *
 * <p>Reading and trusting are apart: a {@link dev.moat.cose.credential.Credential} is well-formed
 * and no more, until a {@link dev.moat.cose.credential.CredentialStore} says that it is trusted.
 * Immutable values; free of threads. Path validation of certificates is not here, because the JDK's
 * needs clocks and streams.
 */
@NullMarked
package dev.moat.cose.credential;

import org.jspecify.annotations.NullMarked;
