/**
 * Method 4: both sides authenticate by a pre-shared key (draft-ietf-lake-edhoc-psk), and resumption
 * by a key that an earlier session left (Section 6 of it).
 *
 * <pre>
 *   {@link dev.moat.edhoc.psk.PskInitiatorStart}              {@link dev.moat.edhoc.responder.ResponderStart}
 *     | message1                              | receive
 *   {@link dev.moat.edhoc.psk.PskAwaitingMessage2}            {@link dev.moat.edhoc.psk.PskReceivedMessage1}
 *     | receive                               | message2
 *   {@link dev.moat.edhoc.psk.PskReceivedMessage2}            {@link dev.moat.edhoc.psk.PskAwaitingMessage3}
 *     | message3(credential)                  | receive          (again for every forged one)
 *   {@link dev.moat.edhoc.initiator.AwaitingMessage4}               {@link dev.moat.edhoc.psk.PskUnverifiedMessage3}
 *     | receive                               | verify(credential)
 *   session                                 {@link dev.moat.edhoc.responder.VerifiedMessage3}
 * </pre>
 *
 * <p><b>What this method does not give.</b> It is not resistant to key-compromise impersonation:
 * who learns the key can pose as either side to the other (Section 9.3). message_2 is not
 * authenticated: an active attacker who answers in the responder's place learns the identifier of
 * the key (Section 9.1) and makes the attempt fail, because message_3 spends the ephemeral key; the
 * next attempt is not affected. Past sessions stay secret when the key leaks (Section 1).
 *
 * <p>The initiator's session is unconfirmed until message_4, or a message under an exported key,
 * was verified; before that nothing of it can be had for storage (Section 5.4).
 *
 * <p>Sessions of this method hold no CRED_x, since those may contain the key: the peer is known by
 * its ID_CRED_PSK. Every state is owned by one thread.
 */
@NullMarked
package dev.moat.edhoc.psk;

import org.jspecify.annotations.NullMarked;
