/**
 * CoAP over DTLS 1.2 (RFC 7252, Section 9; RFC 6347; RFC 9146): one socket, one event loop, server
 * and client at once.
 *
 * <pre>
 *   DatagramProtocol (Stack)      messages of one association, known by its Peer
 *          |
 *      DtlsLayer                  associations, connecting, time-outs
 *          |
 *      DtlsEngine                 records and handshakes; where another DTLS would go
 *          |
 *       UdpLoop                   the socket, the thread, the clock
 * </pre>
 *
 * <p>Everything below the endpoint runs on the loop's thread, the cryptography of handshakes
 * included, so that a record, the association it belongs to and the answer it causes can never be
 * out of step with each other.
 */
@NullMarked
package dev.moat.endpoint.dtls;

import org.jspecify.annotations.NullMarked;
