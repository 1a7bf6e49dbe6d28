package dev.moat.cli.conform.edhoc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.bytes.Bytes;
import dev.moat.cli.conform.cases.CaseRunner;
import dev.moat.cli.conform.cases.Findings;
import dev.moat.cli.conform.cases.Json;
import dev.moat.crypto.DhPrivateKey;
import dev.moat.crypto.Primitives;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.EdhocException.Reason;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.auth.KeyUse;
import dev.moat.edhoc.auth.Terms;
import dev.moat.edhoc.message.Message2;
import dev.moat.edhoc.message.Message3;
import dev.moat.edhoc.message.Message4;
import dev.moat.edhoc.message.Plaintext2;
import dev.moat.edhoc.message.Plaintext3;
import dev.moat.edhoc.message.Plaintext4;
import dev.moat.edhoc.responder.ReceivedMessage1;
import dev.moat.edhoc.responder.ResponderStart;
import dev.moat.edhoc.suite.CipherSuite;
import dev.moat.edhoc.suite.CipherSuites;
import dev.moat.edhoc.suite.Method;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A message or plaintext that is invalid by itself. A case does not say in which session it
 * arrives, so that it is put to a receiver of every suite and method; none may accept it.
 */
public final class InvalidCase implements CaseRunner {
  private final Primitives primitives;

  /** Receives on {@code primitives}. */
  public InvalidCase(Primitives primitives) {
    this.primitives = primitives;
  }

  @Override
  public void run(JsonNode testCase, Findings findings) {
    String target = Json.text(testCase, "target");
    Bytes value = Json.octets(testCase, "value");
    List<String> accepted = new ArrayList<>();
    Set<Reason> reasons = EnumSet.noneOf(Reason.class);
    for (CipherSuite suite : CipherSuites.standard().all()) {
      try {
        accepted.add("suite " + suite.value() + ": " + receive(target, value, suite));
      } catch (EdhocException refused) {
        reasons.add(refused.reason());
      }
    }
    judge(Json.text(testCase, "expected"), accepted, reasons, findings);
  }

  private static void judge(
      String expected, List<String> accepted, Set<Reason> reasons, Findings findings) {
    // Whoever does not have the suite at all has not looked at the message.
    reasons.remove(Reason.WRONG_SUITE);
    switch (expected) {
      case "reject" -> {
        if (!accepted.isEmpty()) {
          findings.problem("accepted: " + accepted);
        } else if (reasons.isEmpty()) {
          findings.notRun("a message for suites that are not supported");
        }
      }
      case "may-reject" ->
          findings.note(
              accepted.isEmpty() ? "may be refused, refused here: " + reasons : "accepted here");
      case "accept" -> findings.same("accepted", true, !accepted.isEmpty());
      default -> findings.problem("expected is '" + expected + "'");
    }
  }

  private Object receive(String target, Bytes value, CipherSuite suite) throws EdhocException {
    return switch (target) {
      case "message_1" -> message1(value, suite);
      case "message_2" -> Message2.decode(value, suite);
      case "message_3" -> Message3.decode(value);
      case "message_4" -> Message4.decode(value);
      case "PLAINTEXT_2" -> plaintext(value, suite, Role.RESPONDER);
      case "PLAINTEXT_3" -> plaintext(value, suite, Role.INITIATOR);
      case "PLAINTEXT_4" -> Plaintext4.decode(value);
      default -> throw new IllegalArgumentException("target is '" + target + "'");
    };
  }

  /** As a Responder does that goes on to message_2: the key agreement refuses points, too. */
  private Object message1(Bytes value, CipherSuite suite) throws EdhocException {
    ReceivedMessage1 received =
        new ResponderStart(primitives, List.of(suite), EnumSet.allOf(Method.class), KeyUse.OSCORE)
            .receive(value);
    try (DhPrivateKey ephemeral =
        primitives.curves().generate(suite.curve(), InvalidCase::anything)) {
      Terms.shared(ephemeral, received.gX()).close();
      return received.message1();
    }
  }

  private static void anything(byte[] target) {
    target[0] = 1;
  }

  private static Object plaintext(Bytes value, CipherSuite suite, Role from) throws EdhocException {
    EdhocException last = new EdhocException(Reason.WRONG_SUITE);
    for (Method method : List.of(Method.SIGN_SIGN, Method.DH_DH)) {
      int octets = suite.signatureOrMacOctets(method.of(from));
      try {
        return from == Role.RESPONDER
            ? Plaintext2.decode(value, octets)
            : Plaintext3.decode(value, octets);
      } catch (EdhocException refused) {
        last = refused;
      }
    }
    throw last;
  }
}
