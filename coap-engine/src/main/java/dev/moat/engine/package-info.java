/**
 * What a CoAP endpoint does with messages, without I/O: reliability, de-duplication, matching,
 * Observe's message layer and amplification limits (RFC 7252, 7641, 7967, 9175); and the same over
 * connections, where there is no message layer (RFC 8323).
 *
 * <pre>
 *   onDatagram / onTimeout / send / respond ...                      poll()
 *        |                                                             ^
 *        v                                                             |
 *   [ CoapEngine ] --+-- ServerExchanges (Admission, ResponseSender) --+
 *                    +-- ClientExchanges, ResponseMatcher              |
 *                    |        \-- OpenExchanges -----------------------+
 *                    +-- Observations -- Notifier (RFC 7641, server) --+
 *                    +-- Transmissions (CON, Message IDs, NSTART) -----+
 * </pre>
 *
 * <pre>
 *   onConnected / onOctets / onWritable / onClosed / send / respond ...
 *        |
 *        v
 *   [ StreamEngine ] -- StreamConnections (life, time limits) -- StreamIntake (octets to messages)
 *                    +-- StreamSignals, StreamPings (CSM, Ping, Release, Abort)
 *                    +-- StreamServer, StreamObservations
 *                    +-- StreamClient -- OpenExchanges, Delivery, GatedResponses (as above)
 *                    +-- StreamSender (what waits until the peer reads) -- StreamLinks (the table)
 * </pre>
 *
 * <p>Thread rule: one event loop owns an engine and everything it hands out; nothing here locks,
 * sleeps or reads a clock. Time is the {@code nowNanos} argument, compared by subtraction only, so
 * it may be negative and may wrap.
 */
@NullMarked
package dev.moat.engine;

import org.jspecify.annotations.NullMarked;
