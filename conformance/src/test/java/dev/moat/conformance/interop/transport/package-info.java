/**
 * Moat against other stacks over DTLS (RFC 6347, RFC 9146), TCP and TLS (RFC 8323), both ways, over
 * loopback sockets: one table of cases for every pair of a client and a server and every channel
 * that both know. Then what must be refused, with the reason that both sides are told.
 *
 * <p>Certificates and keys are made anew for each run. A program that is not installed is skipped,
 * with the reason printed; every process is bounded in time and ended by its handle.
 */
@NullMarked
package dev.moat.conformance.interop.transport;

import org.jspecify.annotations.NullMarked;
