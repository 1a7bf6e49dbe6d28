package dev.moat.edhoc.run;

import dev.moat.bytes.Bytes;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.auth.Identity;
import dev.moat.edhoc.auth.Terms;
import dev.moat.edhoc.initiator.AwaitingMessage2;
import dev.moat.edhoc.initiator.AwaitingMessage4;
import dev.moat.edhoc.initiator.UnverifiedMessage2;
import dev.moat.edhoc.initiator.VerifiedMessage2;
import dev.moat.edhoc.message.EadItems;
import dev.moat.edhoc.message.Plaintext3;
import java.time.Instant;
import java.util.Optional;

/** Methods 0 to 3. */
final class PublicKeyInitiator implements InitiatorChain {
  private final PeerJudge judge;
  private final EadExchange ead;
  private final Terms terms;
  private final Identity own;
  private final AwaitingMessage2 state;
  private boolean over;

  PublicKeyInitiator(
      PeerJudge judge, EadExchange ead, Terms terms, Identity own, AwaitingMessage2 state) {
    this.judge = judge;
    this.ead = ead;
    this.terms = terms;
    this.own = own;
    this.state = state;
  }

  @Override
  public Bytes message1() {
    return state.message1();
  }

  @Override
  public boolean isOver() {
    return over;
  }

  @Override
  public AwaitingMessage4 answer(Bytes message2, Instant now) throws EdhocException {
    try (UnverifiedMessage2 claim = state.receive(message2)) {
      ead.received(EadField.EAD_2, claim.claimedEad2(), Optional.empty());
      VerifiedMessage2 verified = judge.verify(claim.claimedIdCredR(), now, claim::verify);
      over = true;
      return message3(verified);
    }
  }

  private AwaitingMessage4 message3(VerifiedMessage2 verified) throws EdhocException {
    try (verified) {
      ead.received(EadField.EAD_2, verified.ead2(), Optional.of(verified.peer()));
      return verified.message3(own, ead.outgoing(EadField.EAD_3, this::octetsWith));
    }
  }

  private int octetsWith(EadItems ead3) {
    int octets = terms.suite().signatureOrMacOctets(terms.method().of(Role.INITIATOR));
    Bytes proof = Bytes.owned(new byte[octets]);
    return new Plaintext3(own.idCred().encoded(), proof, ead3).encoded().length();
  }

  @Override
  public void close() {
    over = true;
    state.close();
  }
}
