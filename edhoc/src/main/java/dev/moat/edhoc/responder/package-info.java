/**
 * The Responder's states for methods 0 to 3 (RFC 9528, Section 5). Each has only its legal steps.
 *
 * <pre>
 *   {@link dev.moat.edhoc.responder.ResponderStart}
 *     | receive
 *   {@link dev.moat.edhoc.responder.ReceivedMessage1}
 *     | message2(identity)
 *   {@link dev.moat.edhoc.responder.AwaitingMessage3}      holds PRK_3e2m, K_3, and y where a static key needs it
 *     | receive                 (again for every message_3 that turns out forged)
 *   {@link dev.moat.edhoc.responder.UnverifiedMessage3}
 *     | verify(credential)      (again for every candidate); erases y, PRK_3e2m and K_3
 *   {@link dev.moat.edhoc.responder.VerifiedMessage3}      holds K_4 and the session
 *     | message4 | completeWithoutMessage4
 *   session
 * </pre>
 *
 * <p>Receiving and verifying are apart, as for the Initiator. A step that fails leaves the state as
 * it was; a state that was left refuses another step. Every state is owned by one thread.
 */
@NullMarked
package dev.moat.edhoc.responder;

import org.jspecify.annotations.NullMarked;
