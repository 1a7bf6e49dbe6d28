package dev.moat.edhoc.session;

import dev.moat.bytes.Bytes;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.auth.Terms;
import dev.moat.edhoc.auth.VerifiedPeer;
import dev.moat.edhoc.message.ConnectionId;
import dev.moat.edhoc.message.Message1;
import dev.moat.edhoc.schedule.Th4;

/**
 * What both sides know of a session in the end, and agree on because the transcript covers it.
 * Nothing of it is secret. Immutable.
 *
 * @param role the own role
 * @param terms method, suite and use
 * @param message1 message_1, with what the Initiator offered
 * @param cR C_R
 * @param ownCredential the own CRED_x, encoded
 * @param peer who the peer is
 * @param th4 TH_4
 */
public record SessionFacts(
    Role role,
    Terms terms,
    Message1 message1,
    ConnectionId cR,
    Bytes ownCredential,
    VerifiedPeer peer,
    Th4 th4) {}
