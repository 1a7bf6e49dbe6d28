/**
 * Makes certificates for tests and demonstrations (RFC 5280), and writes keys in DER. No authority
 * for production: who signs is a key that is just there. Values may be shared among threads.
 */
@NullMarked
package dev.moat.pki.maker;

import org.jspecify.annotations.NullMarked;
