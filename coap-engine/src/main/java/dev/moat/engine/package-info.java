/**
 * What a CoAP endpoint does with messages, without I/O: reliability, de-duplication, matching,
 * Observe's message layer and amplification limits (RFC 7252, 7641, 7967, 9175).
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
 * <p>Thread rule: one event loop owns an engine and everything it hands out; nothing here locks,
 * sleeps or reads a clock. Time is the {@code nowNanos} argument, compared by subtraction only, so
 * it may be negative and may wrap.
 */
@NullMarked
package dev.moat.engine;

import org.jspecify.annotations.NullMarked;
