package dev.moat.cli.conform.edhoc;

import dev.moat.bytes.Bytes;
import dev.moat.cli.conform.cases.Findings;
import dev.moat.cose.CoseException;
import dev.moat.crypto.DhPrivateKey;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.auth.KeyUse;
import dev.moat.edhoc.psk.PskAwaitingMessage3;
import dev.moat.edhoc.psk.PskCredential;
import dev.moat.edhoc.psk.PskReceivedMessage1;
import dev.moat.edhoc.psk.PskResumption;
import dev.moat.edhoc.psk.PskUnverifiedMessage3;
import dev.moat.edhoc.responder.ResponderStart;
import dev.moat.edhoc.responder.VerifiedMessage3;
import dev.moat.edhoc.session.EdhocSession;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The Responder's states of method 4. */
final class PskResponder implements TracedResponder {
  private final Trace trace;
  private final Side side;
  private final EadCheck ead;
  private final PskCredential credential;
  private Optional<PskAwaitingMessage3> sent = Optional.empty();
  private Optional<VerifiedMessage3> verified = Optional.empty();

  PskResponder(Trace trace, Side side, Findings findings) throws CoseException {
    this.trace = trace;
    this.side = side;
    this.ead = new EadCheck(trace, side, findings);
    this.credential = PskTraceKey.of(trace, Role.RESPONDER);
  }

  @Override
  public Bytes message2(Bytes message1) throws EdhocException {
    PskReceivedMessage1 received =
        new PskReceivedMessage1(
            new ResponderStart(
                    side.primitives(),
                    List.of(trace.suite()),
                    Set.of(trace.method()),
                    KeyUse.OSCORE)
                .receive(message1));
    ead.arrived(1, received.message1().ead1());
    DhPrivateKey ephemeral =
        side.primitives().curves().generate(trace.suite().curve(), octets -> {});
    side.saw("G_X", received.message1().gX());
    side.saw("G_Y", ephemeral.publicKey());
    side.saw("EAD_2", trace.ead(2).encoded());
    PskAwaitingMessage3 next =
        received.message2(trace.connectionId(Role.RESPONDER), trace.ead(2), ephemeral);
    sent = Optional.of(next);
    return next.message2();
  }

  @Override
  public void message3(Bytes message3) throws EdhocException {
    PskUnverifiedMessage3 unverified = sent.orElseThrow().receive(message3);
    side.saw("ID_CRED_PSK_cbor", unverified.claimedIdCredPsk().encoded());
    VerifiedMessage3 next = unverified.verify(credential);
    ead.arrived(3, next.ead3());
    verified = Optional.of(next);
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

  @Override
  public PskCredential resumption() {
    return PskResumption.after(session(), credential);
  }
}
