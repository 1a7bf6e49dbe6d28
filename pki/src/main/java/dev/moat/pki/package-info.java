/**
 * Trust in X.509 certificates: paths to trust anchors, validated by the JDK for a time that is
 * given (RFC 5280, Section 6; RFC 9528, Appendix D). Opens no connection: what a URI names is
 * supplied by the application, and revocation lists are, too. Values may be shared among threads.
 */
@NullMarked
package dev.moat.pki;

import org.jspecify.annotations.NullMarked;
