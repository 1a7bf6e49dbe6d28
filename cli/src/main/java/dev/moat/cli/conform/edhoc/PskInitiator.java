package dev.moat.cli.conform.edhoc;

import dev.moat.bytes.Bytes;
import dev.moat.cli.conform.cases.Findings;
import dev.moat.cose.CoseException;
import dev.moat.crypto.DhPrivateKey;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.auth.KeyUse;
import dev.moat.edhoc.auth.Terms;
import dev.moat.edhoc.initiator.AwaitingMessage4;
import dev.moat.edhoc.psk.PskAwaitingMessage2;
import dev.moat.edhoc.psk.PskCredential;
import dev.moat.edhoc.psk.PskInitiatorStart;
import dev.moat.edhoc.psk.PskReceivedMessage2;
import dev.moat.edhoc.psk.PskResumption;
import dev.moat.edhoc.session.EdhocSession;
import java.util.Optional;

/** The Initiator's states of method 4. */
final class PskInitiator implements TracedInitiator {
  private final Trace trace;
  private final Side side;
  private final Findings findings;
  private final EadCheck ead;
  private final PskCredential credential;
  private final PskAwaitingMessage2 started;
  private Optional<AwaitingMessage4> sent = Optional.empty();

  /** Starts with the trace's ephemeral key. */
  PskInitiator(Trace trace, Side side, Findings findings) throws CoseException {
    this.trace = trace;
    this.side = side;
    this.findings = findings;
    this.ead = new EadCheck(trace, side, findings);
    this.credential = PskTraceKey.of(trace, Role.INITIATOR);
    Terms terms = new Terms(side.primitives(), trace.method(), trace.suite(), KeyUse.OSCORE);
    DhPrivateKey ephemeral =
        side.primitives().curves().generate(trace.suite().curve(), octets -> {});
    side.saw("G_X", ephemeral.publicKey());
    side.saw("EAD_1", trace.ead(1).encoded());
    side.saw("ID_CRED_PSK_cbor", credential.idCred().encoded());
    this.started =
        new PskInitiatorStart(terms, trace.suites())
            .message1(trace.connectionId(Role.INITIATOR), trace.ead(1), ephemeral);
  }

  @Override
  public Bytes message1() {
    return started.message1();
  }

  @Override
  public Bytes message3(Bytes message2) throws EdhocException {
    PskReceivedMessage2 received = started.receive(message2);
    findings.same("C_R of message_2", trace.connectionId(Role.RESPONDER), received.claimedCR());
    ead.arrived(2, received.claimedEad2());
    side.saw("EAD_3", trace.ead(3).encoded());
    AwaitingMessage4 next = received.message3(credential, trace.ead(3));
    sent = Optional.of(next);
    return next.message3();
  }

  @Override
  public void message4(Bytes message4) throws EdhocException {
    ead.arrived(4, sent.orElseThrow().receive(message4));
    findings.same("confirmed by message_4", true, session().isConfirmed());
  }

  @Override
  public EdhocSession session() {
    return sent.orElseThrow().session();
  }

  @Override
  public PskCredential resumption() {
    return PskResumption.after(session(), credential);
  }
}
