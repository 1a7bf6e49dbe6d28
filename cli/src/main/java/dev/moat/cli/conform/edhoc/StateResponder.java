package dev.moat.cli.conform.edhoc;

import dev.moat.bytes.Bytes;
import dev.moat.cli.conform.cases.Findings;
import dev.moat.cose.CoseException;
import dev.moat.crypto.DhPrivateKey;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.auth.Identity;
import dev.moat.edhoc.auth.KeyUse;
import dev.moat.edhoc.responder.AwaitingMessage3;
import dev.moat.edhoc.responder.ReceivedMessage1;
import dev.moat.edhoc.responder.ResponderStart;
import dev.moat.edhoc.responder.UnverifiedMessage3;
import dev.moat.edhoc.responder.VerifiedMessage3;
import dev.moat.edhoc.session.EdhocSession;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The Responder's states of methods 0 to 3. */
final class StateResponder implements TracedResponder {
  private final Trace trace;
  private final Side side;
  private final Identity own;
  private final TraceIdentity peer;
  private final EadCheck ead;
  private Optional<AwaitingMessage3> sent = Optional.empty();
  private Optional<VerifiedMessage3> verified = Optional.empty();

  StateResponder(Trace trace, Side side, Findings findings) throws CoseException {
    this.trace = trace;
    this.side = side;
    this.ead = new EadCheck(trace, side, findings);
    TraceIdentity self = TraceIdentity.of(trace, Role.RESPONDER);
    this.own = self.own(trace, Role.RESPONDER, side.primitives().curves());
    this.peer = TraceIdentity.of(trace, Role.INITIATOR);
  }

  @Override
  public Bytes message2(Bytes message1) throws EdhocException {
    ReceivedMessage1 received =
        new ResponderStart(
                side.primitives(), List.of(trace.suite()), Set.of(trace.method()), KeyUse.OSCORE)
            .receive(message1);
    ead.arrived(1, received.message1().ead1());
    DhPrivateKey ephemeral =
        side.primitives().curves().generate(trace.suite().curve(), octets -> {});
    side.saw("G_X", received.message1().gX());
    side.saw("G_Y", ephemeral.publicKey());
    side.saw("EAD_2", trace.ead(2).encoded());
    side.saw("ID_CRED_R_cbor", own.idCred().encoded());
    AwaitingMessage3 next =
        received.message2(own, trace.connectionId(Role.RESPONDER), trace.ead(2), ephemeral);
    sent = Optional.of(next);
    return next.message2();
  }

  @Override
  public void message3(Bytes message3) throws EdhocException {
    UnverifiedMessage3 unverified = sent.orElseThrow().receive(message3);
    side.saw("ID_CRED_I_cbor", unverified.claimedIdCredI().encoded());
    ead.arrived(3, unverified.claimedEad3());
    verified = Optional.of(unverified.verify(peer.credential()));
  }

  @Override
  public Bytes message4() {
    side.saw("EAD_4", trace.ead(4).encoded());
    return verified.orElseThrow().message4(trace.ead(4));
  }

  @Override
  public EdhocSession session() {
    return verified.orElseThrow().session();
  }
}
