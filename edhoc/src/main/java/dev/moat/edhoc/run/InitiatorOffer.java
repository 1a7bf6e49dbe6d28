package dev.moat.edhoc.run;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.EdhocException.Reason;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.auth.Identity;
import dev.moat.edhoc.auth.Terms;
import dev.moat.edhoc.initiator.AwaitingMessage2;
import dev.moat.edhoc.initiator.InitiatorStart;
import dev.moat.edhoc.message.ConnectionId;
import dev.moat.edhoc.message.EadItems;
import dev.moat.edhoc.message.Message1;
import dev.moat.edhoc.message.SuitesField;
import dev.moat.edhoc.psk.PskAwaitingMessage2;
import dev.moat.edhoc.psk.PskCredential;
import dev.moat.edhoc.psk.PskInitiatorStart;
import dev.moat.edhoc.suite.CipherSuite;
import dev.moat.edhoc.suite.Method;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * What an Initiator wants, whichever suite it comes to.
 *
 * @param preferences all that can go into SUITES_I, GREASE included; never changed by an error
 *     message (RFC 9528, Section 5.2.2)
 */
record InitiatorOffer(
    EdhocSettings settings,
    Method method,
    ConnectionId cI,
    RandomSource random,
    List<Integer> preferences) {

  static InitiatorOffer of(
      EdhocSettings settings, Method method, ConnectionId cI, RandomSource random) {
    List<Integer> own = settings.suites().stream().map(CipherSuite::value).toList();
    return new InitiatorOffer(settings, method, cI, random, settings.grease().suites(own, random));
  }

  /** True when there is a credential of one's own for it. */
  boolean isPossible(CipherSuite suite) {
    return settings.methods().contains(method)
        && settings.suitesFor(method, Role.INITIATOR).contains(suite);
  }

  /**
   * What to select when {@code refused} was: the most preferred suite of SUITES_R (Section 6.3.1).
   *
   * @throws EdhocException with NO_COMMON_SUITE when there is none, or when it is the very suite
   *     that was refused, which no honest Responder says
   */
  CipherSuite selectFrom(SuitesField suitesR, CipherSuite refused) throws EdhocException {
    return settings.suitesFor(method, Role.INITIATOR).stream()
        .filter(suite -> suitesR.values().contains(suite.value()))
        .findFirst()
        .filter(suite -> !suite.equals(refused))
        .orElseThrow(() -> new EdhocException(Reason.NO_COMMON_SUITE));
  }

  /** message_1 with {@code selected}, for which there is a credential. */
  InitiatorChain begin(CipherSuite selected, EadExchange ead) {
    Terms terms = settings.terms(method, selected);
    SuitesField suitesI = SuitesField.selecting(preferences, selected.value());
    EadItems ead1 = ead.outgoing(EadField.EAD_1, octetsWith(suitesI, selected));
    if (method == Method.PSK) {
      PskCredential key = settings.psks().toPresent(selected.hash()).orElseThrow();
      PskAwaitingMessage2 state = new PskInitiatorStart(terms, suitesI).message1(cI, ead1, random);
      return new PskInitiator(ead, terms, key, state);
    }
    Identity own = settings.identityFor(method.of(Role.INITIATOR), selected).orElseThrow();
    AwaitingMessage2 state = new InitiatorStart(terms, suitesI).message1(cI, ead1, random);
    return new PublicKeyInitiator(new PeerJudge(settings), ead, terms, own, state);
  }

  private ToIntFunction<EadItems> octetsWith(SuitesField suitesI, CipherSuite selected) {
    Bytes gX = Bytes.owned(new byte[selected.curve().octets()]);
    return items -> new Message1(method.value(), suitesI, gX, cI, items).encoded().length();
  }
}
