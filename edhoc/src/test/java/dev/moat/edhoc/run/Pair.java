package dev.moat.edhoc.run;

import static dev.moat.edhoc.run.Steps.NOW;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.cose.credential.IdCred;
import dev.moat.cose.credential.PinnedCredentials;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.auth.Identity;
import dev.moat.edhoc.message.ConnectionId;
import dev.moat.edhoc.session.EdhocSession;
import dev.moat.edhoc.suite.CipherSuite;
import dev.moat.edhoc.suite.CipherSuites;
import dev.moat.edhoc.suite.Method;
import dev.moat.testkit.InsecureSeededRandom;
import java.util.List;
import java.util.Set;

/** Two endpoints who know each other. */
record Pair(
    Method method, CipherSuite suite, EdhocSettings initiator, EdhocSettings responder, long seed) {
  static final ConnectionId C_I = ConnectionId.of(0x37);
  static final ConnectionId C_R = ConnectionId.of(0x27);

  /** What a complete handshake had on the wire, and came to. */
  record Outcome(
      Bytes message1,
      Bytes message2,
      Bytes message3,
      EdhocSession initiator,
      EdhocSession responder) {}

  /** With claims sets, by kid. */
  static Pair byKid(Method method, int suite) {
    CipherSuite chosen = CipherSuites.standard().require(suite);
    Person i = Person.claiming("initiator", Person.curve(method.of(Role.INITIATOR), chosen));
    Person r = Person.claiming("responder", Person.curve(method.of(Role.RESPONDER), chosen));
    return of(method, chosen, i, IdCred.Type.KID, r, IdCred.Type.KID);
  }

  static Pair of(
      Method method, CipherSuite suite, Person i, IdCred.Type iType, Person r, IdCred.Type rType) {
    Identity own = i.identity(method.of(Role.INITIATOR), i.named(iType));
    Identity peer = r.identity(method.of(Role.RESPONDER), r.named(rType));
    return new Pair(
        method,
        suite,
        settings(method, suite, own, peer).build(),
        settings(method, suite, peer, own).build(),
        1);
  }

  /** Settings of {@code own} for talking to {@code peer}. */
  static EdhocSettings.Builder settings(
      Method method, CipherSuite suite, Identity own, Identity peer) {
    PinnedCredentials peers =
        PinnedCredentials.builder(TraceParty.CRYPTO).add(peer.idCred(), peer.credential()).build();
    return EdhocSettings.builder(TraceParty.BEST, List.of(suite), Set.of(method))
        .identities(own)
        .peers(peers);
  }

  Pair with(EdhocSettings newInitiator, EdhocSettings newResponder) {
    return new Pair(method, suite, newInitiator, newResponder, seed);
  }

  Pair seeded(long newSeed) {
    return new Pair(method, suite, initiator, responder, newSeed);
  }

  InitiatorRun begin() {
    return InitiatorRun.begin(initiator, method, suite, C_I, random(0));
  }

  ResponderStep receive(Bytes message1) {
    return ResponderRun.receive(responder, message1, cI -> C_R, random(1));
  }

  private RandomSource random(int side) {
    return new InsecureSeededRandom(2 * seed + side);
  }

  /** All messages up to message_3, and message_4 where the settings have it. */
  Outcome complete() {
    InitiatorRun run = begin();
    ResponderStep.SendMessage2 second = Steps.message2(receive(run.message1()));
    InitiatorStep.SendMessage3 third = Steps.message3(run.onMessage2(second.message2(), NOW));
    ResponderStep.Completed fourth =
        Steps.completed(second.run().onMessage3(third.message3(), NOW));
    fourth.message4().ifPresent(message4 -> confirm(run, message4));
    return new Outcome(
        run.message1(), second.message2(), third.message3(), third.session(), fourth.session());
  }

  private static void confirm(InitiatorRun run, Bytes message4) {
    EdhocSession unused = Steps.completed(run.onMessage4(message4));
  }
}
