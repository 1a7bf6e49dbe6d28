package dev.moat.edhoc.run;

import dev.moat.bytes.Bytes;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.message.ConnectionId;
import dev.moat.edhoc.responder.AwaitingMessage3;
import dev.moat.edhoc.responder.UnverifiedMessage3;
import dev.moat.edhoc.responder.VerifiedMessage3;
import java.time.Instant;
import java.util.Optional;

/** Methods 0 to 3. */
final class PublicKeyResponder implements ResponderChain {
  private final PeerJudge judge;
  private final EadExchange ead;
  private final AwaitingMessage3 state;
  private boolean over;

  PublicKeyResponder(PeerJudge judge, EadExchange ead, AwaitingMessage3 state) {
    this.judge = judge;
    this.ead = ead;
    this.state = state;
  }

  @Override
  public Bytes message2() {
    return state.message2();
  }

  @Override
  public ConnectionId cR() {
    return state.cR();
  }

  @Override
  public boolean isOver() {
    return over;
  }

  @Override
  public VerifiedMessage3 verify(Bytes message3, Instant now) throws EdhocException {
    UnverifiedMessage3 claim = state.receive(message3);
    ead.received(EadField.EAD_3, claim.claimedEad3(), Optional.empty());
    VerifiedMessage3 verified = judge.verify(claim.claimedIdCredI(), now, claim::verify);
    over = true;
    return verified;
  }

  @Override
  public void close() {
    over = true;
    state.close();
  }
}
