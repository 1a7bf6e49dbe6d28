package dev.moat.edhoc.run;

import dev.moat.bytes.Bytes;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.auth.Terms;
import dev.moat.edhoc.initiator.AwaitingMessage4;
import dev.moat.edhoc.message.EadItems;
import dev.moat.edhoc.message.Plaintext3a;
import dev.moat.edhoc.psk.PskAwaitingMessage2;
import dev.moat.edhoc.psk.PskCredential;
import dev.moat.edhoc.psk.PskReceivedMessage2;
import java.time.Instant;
import java.util.Optional;

/**
 * Method 4. Nothing in message_2 is authenticated: the first one that can be read is answered, and
 * whether the peer has the key only the fourth message shows.
 */
final class PskInitiator implements InitiatorChain {
  private final EadExchange ead;
  private final Terms terms;
  private final PskCredential key;
  private final PskAwaitingMessage2 state;
  private boolean over;

  PskInitiator(EadExchange ead, Terms terms, PskCredential key, PskAwaitingMessage2 state) {
    this.ead = ead;
    this.terms = terms;
    this.key = key;
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
    try (PskReceivedMessage2 claim = state.receive(message2)) {
      ead.received(EadField.EAD_2, claim.claimedEad2(), Optional.empty());
      EadItems ead3 = ead.outgoing(EadField.EAD_3, this::octetsWith);
      AwaitingMessage4 next = claim.message3(key, ead3);
      over = true;
      return next;
    }
  }

  private int octetsWith(EadItems ead3) {
    int octets = ead3.encoded().length() + terms.suite().aead().tagOctets();
    Bytes ciphertext3b = Bytes.owned(new byte[octets]);
    return new Plaintext3a(key.idCred().encoded(), ciphertext3b).encoded().length();
  }

  @Override
  public void close() {
    over = true;
    state.close();
  }
}
