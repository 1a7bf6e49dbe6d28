package dev.moat.edhoc.run;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.crypto.DhPrivateKey;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.EdhocException.Reason;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.auth.Identity;
import dev.moat.edhoc.auth.Terms;
import dev.moat.edhoc.message.ConnectionId;
import dev.moat.edhoc.message.EadItems;
import dev.moat.edhoc.message.Plaintext2;
import dev.moat.edhoc.message.Plaintext2a;
import dev.moat.edhoc.psk.PskReceivedMessage1;
import dev.moat.edhoc.responder.AwaitingMessage3;
import dev.moat.edhoc.responder.ReceivedMessage1;
import dev.moat.edhoc.suite.AuthenticationKind;
import dev.moat.edhoc.suite.Method;
import java.util.function.ToIntFunction;

/** How the Responder answers a message_1 that is acceptable. */
record ResponderAnswer(
    EdhocSettings settings, ReceivedMessage1 received, EadExchange ead, RandomSource random) {

  /** Composes message_2. */
  ResponderChain message2(ConnectionId cR) throws EdhocException {
    return received.terms().method() == Method.PSK ? withPsk(cR) : withPublicKey(cR);
  }

  private ResponderChain withPublicKey(ConnectionId cR) throws EdhocException {
    Identity own =
        settings
            .identityFor(kind(), received.terms().suite())
            .orElseThrow(() -> new EdhocException(Reason.NO_OWN_CREDENTIAL));
    EadItems ead2 = ead.outgoing(EadField.EAD_2, octetsWith(own, cR));
    AwaitingMessage3 state = received.message2(own, cR, ead2, ephemeral());
    return new PublicKeyResponder(new PeerJudge(settings), ead, state);
  }

  private ResponderChain withPsk(ConnectionId cR) throws EdhocException {
    EadItems ead2 =
        ead.outgoing(EadField.EAD_2, items -> new Plaintext2a(cR, items).encoded().length());
    PskReceivedMessage1 state = new PskReceivedMessage1(received);
    return new PskResponder(settings, state.message2(cR, ead2, ephemeral()));
  }

  private DhPrivateKey ephemeral() {
    Terms terms = received.terms();
    return terms.primitives().curves().generate(terms.suite().curve(), random);
  }

  private ToIntFunction<EadItems> octetsWith(Identity own, ConnectionId cR) {
    int octets = received.terms().suite().signatureOrMacOctets(kind());
    Bytes proof = Bytes.owned(new byte[octets]);
    Bytes idCredR = own.idCred().encoded();
    return items -> new Plaintext2(cR, idCredR, proof, items).encoded().length();
  }

  private AuthenticationKind kind() {
    return received.terms().method().of(Role.RESPONDER);
  }
}
