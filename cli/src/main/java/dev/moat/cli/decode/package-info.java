/**
 * {@code moat decode}: a message taken apart octet by octet (RFC 7252, Section 3). The dissector is
 * written apart from the codec, so that it can say where a malformed message breaks which rule; a
 * test holds the two to one verdict.
 */
@NullMarked
package dev.moat.cli.decode;

import org.jspecify.annotations.NullMarked;
