/**
 * Attacks on running EDHOC sessions, and what has to hold of sessions that are disturbed. Honest
 * endpoints are the real ones; attackers put their messages together by hand, from what they have.
 * Every attack stands beside a control: the same attacker with the piece that was missing succeeds,
 * or the same session without the attack completes.
 */
@NullMarked
package dev.moat.conformance.edhoc;

import org.jspecify.annotations.NullMarked;
