package dev.moat.cli.conform.edhoc;

import dev.moat.bytes.Bytes;
import dev.moat.cli.conform.cases.Findings;
import dev.moat.cose.CoseException;
import dev.moat.crypto.DhPrivateKey;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.auth.Identity;
import dev.moat.edhoc.auth.KeyUse;
import dev.moat.edhoc.auth.Terms;
import dev.moat.edhoc.initiator.AwaitingMessage2;
import dev.moat.edhoc.initiator.AwaitingMessage4;
import dev.moat.edhoc.initiator.InitiatorStart;
import dev.moat.edhoc.initiator.UnverifiedMessage2;
import dev.moat.edhoc.session.EdhocSession;
import java.util.Optional;

/** The Initiator's states of methods 0 to 3. */
final class StateInitiator implements TracedInitiator {
  private final Trace trace;
  private final Side side;
  private final Findings findings;
  private final Identity own;
  private final TraceIdentity peer;
  private final AwaitingMessage2 started;
  private final EadCheck ead;
  private Optional<AwaitingMessage4> sent = Optional.empty();

  /** Starts with the trace's ephemeral key. */
  StateInitiator(Trace trace, Side side, Findings findings) throws CoseException {
    this.trace = trace;
    this.side = side;
    this.findings = findings;
    this.ead = new EadCheck(trace, side, findings);
    TraceIdentity self = TraceIdentity.of(trace, Role.INITIATOR);
    this.own = self.own(trace, Role.INITIATOR, side.primitives().curves());
    this.peer = TraceIdentity.of(trace, Role.RESPONDER);
    Terms terms = new Terms(side.primitives(), trace.method(), trace.suite(), KeyUse.OSCORE);
    DhPrivateKey ephemeral =
        side.primitives().curves().generate(trace.suite().curve(), octets -> {});
    side.saw("G_X", ephemeral.publicKey());
    side.saw("EAD_1", trace.ead(1).encoded());
    side.saw("ID_CRED_I_cbor", own.idCred().encoded());
    this.started =
        new InitiatorStart(terms, trace.suites())
            .message1(trace.connectionId(Role.INITIATOR), trace.ead(1), ephemeral);
  }

  @Override
  public Bytes message1() {
    return started.message1();
  }

  @Override
  public Bytes message3(Bytes message2) throws EdhocException {
    UnverifiedMessage2 unverified = started.receive(message2);
    side.saw("ID_CRED_R_cbor", unverified.claimedIdCredR().encoded());
    findings.same("C_R of message_2", trace.connectionId(Role.RESPONDER), unverified.claimedCR());
    ead.arrived(2, unverified.claimedEad2());
    side.saw("EAD_3", trace.ead(3).encoded());
    AwaitingMessage4 next = unverified.verify(peer.credential()).message3(own, trace.ead(3));
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
}
