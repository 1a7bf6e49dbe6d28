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
import dev.moat.edhoc.responder.AwaitingMessage3;
import dev.moat.edhoc.responder.ReceivedMessage1;
import dev.moat.edhoc.suite.AuthenticationKind;
import java.util.function.ToIntFunction;

/** How the Responder answers a message_1 that is acceptable. */
record ResponderAnswer(
    EdhocSettings settings, ReceivedMessage1 received, EadExchange ead, RandomSource random) {

  /** Composes message_2. */
  ResponderChain message2(ConnectionId cR) throws EdhocException {
    Terms terms = received.terms();
    Identity own =
        settings
            .identityFor(kind(), terms.suite())
            .orElseThrow(() -> new EdhocException(Reason.NO_OWN_CREDENTIAL));
    EadItems ead2 = ead.outgoing(EadField.EAD_2, octetsWith(own, cR));
    DhPrivateKey ephemeral = terms.primitives().curves().generate(terms.suite().curve(), random);
    AwaitingMessage3 state = received.message2(own, cR, ead2, ephemeral);
    return new PublicKeyResponder(new PeerJudge(settings), ead, state);
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
