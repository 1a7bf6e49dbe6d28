package dev.moat.edhoc.run;

import dev.moat.bytes.Bytes;
import dev.moat.cose.credential.IdCred;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.EdhocException.Reason;
import dev.moat.edhoc.message.ConnectionId;
import dev.moat.edhoc.psk.PskAwaitingMessage3;
import dev.moat.edhoc.psk.PskCredential;
import dev.moat.edhoc.psk.PskUnverifiedMessage3;
import dev.moat.edhoc.responder.VerifiedMessage3;
import java.time.Instant;
import java.util.Optional;

/** Method 4. EAD_3 is within what the key protects, and comes from the verified peer only. */
final class PskResponder implements ResponderChain {
  private final EdhocSettings settings;
  private final PskAwaitingMessage3 state;
  private boolean over;

  PskResponder(EdhocSettings settings, PskAwaitingMessage3 state) {
    this.settings = settings;
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
    PskUnverifiedMessage3 claim = state.receive(message3);
    IdCred claimed = claim.claimedIdCredPsk();
    EdhocException last = new EdhocException(Reason.UNKNOWN_CREDENTIAL);
    for (PskCredential candidate : settings.psks().find(claimed)) {
      try {
        requireAllowed(claimed);
        VerifiedMessage3 verified = claim.verify(candidate);
        over = true;
        return verified;
      } catch (EdhocException refused) {
        last = refused; // the identifier may stand for another key, too
      }
    }
    throw last;
  }

  private void requireAllowed(IdCred claimed) throws EdhocException {
    ClaimedIdentity identity = new ClaimedIdentity(claimed, Bytes.empty(), Optional.empty());
    if (!settings.identityPolicy().allows(identity)) {
      throw new EdhocException(Reason.IDENTITY_REFUSED);
    }
  }

  @Override
  public void close() {
    over = true;
    state.close();
  }
}
