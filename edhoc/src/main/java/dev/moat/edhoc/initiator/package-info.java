/**
 * The Initiator's states for methods 0 to 3 (RFC 9528, Section 5). Each has only its legal steps.
 *
 * <pre>
 *   {@link dev.moat.edhoc.initiator.InitiatorStart}
 *     | message1
 *   {@link dev.moat.edhoc.initiator.AwaitingMessage2}      holds x
 *     | receive                 (again for every message_2 that turns out forged)
 *   {@link dev.moat.edhoc.initiator.UnverifiedMessage2}    holds PRK_2e
 *     | verify(credential)      (again for every candidate); erases x and PRK_2e
 *   {@link dev.moat.edhoc.initiator.VerifiedMessage2}      holds PRK_3e2m
 *     | message3(identity)      erases PRK_3e2m and PRK_4e3m
 *   {@link dev.moat.edhoc.initiator.AwaitingMessage4}      holds K_4 and the session
 *     | receive | completeWithoutMessage4
 *   session
 * </pre>
 *
 * <p>Receiving and verifying are apart: what an unverified state tells is a claim, and the
 * application judges it without being called back. A step that fails leaves the state as it was; a
 * state that was left refuses another step. Every state is owned by one thread.
 */
@NullMarked
package dev.moat.edhoc.initiator;

import org.jspecify.annotations.NullMarked;
