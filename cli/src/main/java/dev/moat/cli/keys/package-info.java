/**
 * {@code moat keygen}: keys and credentials for EDHOC (RFC 9528), made, stored and converted. A key
 * is read and written as COSE_Key (RFC 9052, Section 7) in CBOR or diagnostic notation, as PEM (RFC
 * 5958, RFC 8410) and as JWK (RFC 7517, RFC 8037); a credential is a CWT claims set (RFC 8392) or
 * an X.509 certificate (RFC 5280).
 *
 * <p>Thread rule: each class is used by the thread that runs the command.
 */
@NullMarked
package dev.moat.cli.keys;

import org.jspecify.annotations.NullMarked;
