/**
 * What EDHOC is compared with: DTLS 1.2 of our own endpoint (RFC 6347, RFC 9146), TLS 1.3 of the
 * JDK (RFC 8446), both as they run here, and what documents publish of DTLS 1.3, TLS 1.3 and cTLS.
 * Also what each protocol adds to one request and its response.
 *
 * <p>A flight is what one side sends before the other does. Its name is that of the handshake
 * messages that stand in it in clear; what is encrypted is in brackets.
 */
@NullMarked
package dev.moat.cost.tls;

import org.jspecify.annotations.NullMarked;
