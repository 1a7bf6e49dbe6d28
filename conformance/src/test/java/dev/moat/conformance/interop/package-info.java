/**
 * Moat against other stacks, both ways, over real loopback sockets: one table of cases ({@link
 * dev.moat.conformance.interop.InteropTest}) for every pair of a client and a server.
 *
 * <p>Between client and server stands a {@link dev.moat.conformance.interop.WireTap}, so that a
 * case can look at what was really sent. A stack that is not installed is skipped, with the reason
 * printed.
 */
@NullMarked
package dev.moat.conformance.interop;

import org.jspecify.annotations.NullMarked;
