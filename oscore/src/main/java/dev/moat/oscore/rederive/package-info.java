/**
 * Deriving a new security context from the same input parameters (RFC 8613, Appendix B.2): for
 * endpoints that lost what changes in a context, or use one set of parameters many times. Both need
 * good randomness. Gives no forward secrecy. Runs only where it is configured.
 *
 * <pre>
 *   client                                                 server
 *   {@link dev.moat.oscore.rederive.RederivationInputs}
 *     | begin    -- request #1, kid context R1 -->         {@link dev.moat.oscore.rederive.RederivationServer}
 *   {@link dev.moat.oscore.rederive.AwaitingChallenge}                                        keeps K_HMAC, nothing else
 *     | receive  &lt;-- response #1, kid context R2 --          R2 = S2 || MAC(K_HMAC, S2)
 *   {@link dev.moat.oscore.rederive.AwaitingConfirmation}
 *     |          -- request #2, kid context R2||R3 -->       verifies R2, then the request;
 *     | receive  &lt;-- response #2 --                          erases K_HMAC, replaces the context
 *   confirmed context
 * </pre>
 *
 * <p>Kid contexts of these messages are wrapped in a CBOR byte string. A server that lost a context
 * refuses its requests without protection; the client then begins anew.
 *
 * <p>{@link dev.moat.oscore.rederive.RederivationServer} may be shared among threads; each state of
 * the client belongs to one.
 */
@NullMarked
package dev.moat.oscore.rederive;

import org.jspecify.annotations.NullMarked;
