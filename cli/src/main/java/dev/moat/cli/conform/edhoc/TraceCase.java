package dev.moat.cli.conform.edhoc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.cli.conform.cases.CaseRunner;
import dev.moat.cli.conform.cases.Findings;
import dev.moat.cli.conform.cases.Json;
import dev.moat.cose.CoseException;
import dev.moat.crypto.Primitives;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.psk.PskCredential;
import dev.moat.edhoc.session.EdhocSession;
import dev.moat.edhoc.suite.CipherSuite;
import dev.moat.edhoc.suite.CipherSuites;
import dev.moat.edhoc.suite.Method;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A complete handshake: the Initiator and the Responder of production run with the keys of the
 * trace, and every stated value must occur on both sides.
 */
public final class TraceCase implements CaseRunner {
  private final Primitives primitives;

  /** Runs the state machines on {@code primitives}. */
  public TraceCase(Primitives primitives) {
    this.primitives = primitives;
  }

  @Override
  public void run(JsonNode testCase, Findings findings) {
    int number = testCase.path("method").asInt(-1);
    Optional<Method> method = Method.of(number);
    int value = testCase.path("selected_suite").asInt(-1);
    Optional<CipherSuite> suite = CipherSuites.standard().find(value);
    if (method.isEmpty()) {
      findings.notRun("method " + number + " is not supported");
    } else if (suite.isEmpty()) {
      findings.notRun("cipher suite " + value + " is not supported");
    } else {
      run(Trace.of(testCase, method.get(), suite.get()), findings);
    }
  }

  private void run(Trace trace, Findings findings) {
    try {
      if (trace.stated().has("values_if_full_map")) {
        findings.note("ID_CRED_PSK is compact in transcripts, as published: not a full map");
      }
      SuiteMembers.compare(trace.suite(), trace.stated(), findings);
      NegotiatedSuite.compare(trace, primitives, findings);
      handshake(trace, findings);
    } catch (CoseException e) {
      findings.problem("a credential is refused with " + e.reason());
    } catch (UnsupportedOperationException e) {
      findings.notRun(e.getMessage() + " are not supported");
    }
  }

  private void handshake(Trace trace, Findings findings) throws CoseException {
    Side initiator = side(Role.INITIATOR, trace, findings);
    Side responder = side(Role.RESPONDER, trace, findings);
    boolean psk = trace.method() == Method.PSK;
    TracedInitiator first =
        psk
            ? new PskInitiator(trace, initiator, findings)
            : new StateInitiator(trace, initiator, findings);
    TracedResponder second =
        psk
            ? new PskResponder(trace, responder, findings)
            : new StateResponder(trace, responder, findings);
    if (new Handshake(trace, findings).run(first, second)) {
      export(trace, initiator, first.session(), first::resumption);
      export(trace, responder, second.session(), second::resumption);
    }
    compare("Initiator", trace, initiator, findings);
    compare("Responder", trace, responder, findings);
  }

  private static void export(
      Trace trace, Side side, EdhocSession session, Supplier<PskCredential> resumption) {
    if (trace.values().has("rPSK") && session.isConfirmed()) {
      resumption.get().close();
    }
    side.export(session, Json.optional(trace.values(), "KeyUpdate_context"));
  }

  private Side side(Role role, Trace trace, Findings findings) {
    return new Side(role, primitives, new TraceScript(trace, role, findings));
  }

  private static void compare(String name, Trace trace, Side side, Findings findings)
      throws CoseException {
    Findings own = new Findings();
    if (trace.method() != Method.PSK) {
      KeyMembers.see(trace, side);
    }
    new StatedValues(trace.values(), side).compare(own);
    findings.addAll(name, own);
  }
}
