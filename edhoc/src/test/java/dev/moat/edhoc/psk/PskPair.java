package dev.moat.edhoc.psk;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.Primitives;
import dev.moat.crypto.bc.PrimitivesChoice;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.auth.KeyUse;
import dev.moat.edhoc.auth.Terms;
import dev.moat.edhoc.initiator.AwaitingMessage4;
import dev.moat.edhoc.message.ConnectionId;
import dev.moat.edhoc.message.EadItems;
import dev.moat.edhoc.message.SuitesField;
import dev.moat.edhoc.responder.ResponderStart;
import dev.moat.edhoc.responder.VerifiedMessage3;
import dev.moat.edhoc.suite.CipherSuite;
import dev.moat.edhoc.suite.CipherSuites;
import dev.moat.edhoc.suite.EdhocHash;
import dev.moat.edhoc.suite.Method;
import dev.moat.testkit.Seeded;
import java.util.List;
import java.util.Set;

/** An initiator and a responder of method 4, and the messages between them. */
final class PskPair {
  static final Primitives PRIMITIVES = PrimitivesChoice.bouncyCastle();
  static final ConnectionId C_I = ConnectionId.of(0x0a);
  static final ConnectionId C_R = ConnectionId.of(0x05);
  static final Bytes KID = Bytes.hex("0010");

  final CipherSuite suite;
  final RandomSource random = Seeded.random();

  PskPair(int suite) {
    this.suite = CipherSuites.standard().require(suite);
  }

  /** The key as the initiator "lock" has it, shared with "key". */
  PskCredential ofInitiator() {
    return credential(suite.hash(), "lock", "key");
  }

  /** The same key as the responder has it. */
  PskCredential ofResponder() {
    return credential(suite.hash(), "key", "lock");
  }

  static PskCredential credential(EdhocHash hash, String own, String peer) {
    try (SecretBytes psk = psk()) {
      return PskCredential.external(KID, psk, own, peer, hash);
    }
  }

  static SecretBytes psk() {
    return SecretBytes.copyOf(Bytes.utf8("sixteen octets..").toArray());
  }

  PskAwaitingMessage2 begin() {
    return begin(EadItems.none());
  }

  PskAwaitingMessage2 begin(EadItems ead1) {
    Terms terms = new Terms(PRIMITIVES, Method.PSK, suite, KeyUse.OSCORE);
    return new PskInitiatorStart(terms, SuitesField.of(suite.value())).message1(C_I, ead1, random);
  }

  PskReceivedMessage1 receive(Bytes message1) throws EdhocException {
    return new PskReceivedMessage1(responder(Method.PSK).receive(message1));
  }

  ResponderStart responder(Method method) {
    return new ResponderStart(PRIMITIVES, List.of(suite), Set.of(method), KeyUse.OSCORE);
  }

  PskAwaitingMessage3 answer(Bytes message1) throws EdhocException {
    return answer(message1, EadItems.none());
  }

  PskAwaitingMessage3 answer(Bytes message1, EadItems ead2) throws EdhocException {
    return receive(message1)
        .message2(C_R, ead2, PRIMITIVES.curves().generate(suite.curve(), random));
  }

  /** A whole session up to message_4, with these credentials. */
  Done run(PskCredential initiator, PskCredential responder) throws EdhocException {
    PskAwaitingMessage2 begun = begin();
    PskAwaitingMessage3 answered = answer(begun.message1());
    AwaitingMessage4 sent = begun.receive(answered.message2()).message3(initiator, EadItems.none());
    VerifiedMessage3 verified = answered.receive(sent.message3()).verify(responder);
    Bytes message4 = verified.message4(EadItems.none());
    var unused = sent.receive(message4);
    List<Bytes> messages =
        List.of(begun.message1(), answered.message2(), sent.message3(), message4);
    return new Done(messages, sent, verified);
  }

  /** Both ends of a completed session, and what was sent. */
  record Done(List<Bytes> messages, AwaitingMessage4 initiator, VerifiedMessage3 responder) {
    List<Integer> octets() {
      return messages.stream().map(Bytes::length).toList();
    }
  }
}
