package dev.moat.cli.conform.edhoc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.bytes.Bytes;
import dev.moat.cli.conform.cases.Findings;
import dev.moat.cli.conform.cases.Json;
import dev.moat.cose.CoseException;
import dev.moat.cose.credential.PinnedCredentials;
import dev.moat.crypto.Primitives;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.auth.KeyUse;
import dev.moat.edhoc.run.EdhocSettings;
import dev.moat.edhoc.run.InitiatorRun;
import dev.moat.edhoc.run.InitiatorStep;
import dev.moat.edhoc.run.ResponderRun;
import dev.moat.edhoc.run.ResponderStep;
import dev.moat.edhoc.suite.CipherSuite;
import dev.moat.edhoc.suite.CipherSuites;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A run of production that takes the messages of a trace up to the one that is looked at. */
record RunUnderTest(Trace trace, Primitives primitives, KeyUse use, Findings findings) {
  /** Both credentials are pinned: no date is looked at. */
  private static final Instant ANY_TIME = Instant.EPOCH;

  /** The Initiator gets the value of a case as message_2, message_4 or error message. */
  Outcome initiator(JsonNode testCase) throws CoseException {
    Side side = side(Role.INITIATOR);
    List<CipherSuite> suites = suites(trace.suites().values());
    EdhocSettings settings = settings(side, suites, trace.hasMessage4());
    InitiatorRun run =
        InitiatorRun.begin(
            settings,
            trace.method(),
            trace.suite(),
            trace.connectionId(Role.INITIATOR),
            octets -> {});
    findings.same("message_1", trace.value("message_1"), run.message1());
    Bytes value = Json.octets(testCase, "value");
    Outcome outcome =
        switch (Json.text(testCase, "message")) {
          case "message_2" -> Outcome.of(run.onMessage2(value, ANY_TIME));
          case "error" -> Outcome.of(run.onMessage2(value, ANY_TIME));
          case "message_4" -> message4(run, value);
          default -> throw new IllegalArgumentException("an Initiator gets no such message");
        };
    plaintext2(testCase, side);
    return outcome;
  }

  private Outcome message4(InitiatorRun run, Bytes value) {
    InitiatorStep step = run.onMessage2(trace.value("message_2"), ANY_TIME);
    if (step instanceof InitiatorStep.SendMessage3 sent) {
      findings.same("message_3", trace.value("message_3"), sent.message3());
    } else {
      findings.problem("the genuine message_2 leads to " + step);
    }
    return Outcome.of(run.onMessage4(value));
  }

  /** The Responder gets the value of a case as message_1 or message_3. */
  Outcome responder(JsonNode testCase) throws CoseException {
    Side side = side(Role.RESPONDER);
    List<Integer> stated = Integers.of(testCase.path("responder_suites"));
    List<CipherSuite> suites = stated.isEmpty() ? List.of(trace.suite()) : suites(stated);
    EdhocSettings settings = settings(side, suites, trace.hasMessage4());
    Bytes value = Json.octets(testCase, "value");
    return switch (Json.text(testCase, "message")) {
      case "message_1" -> Outcome.of(receive(settings, value));
      case "message_3" -> message3(testCase, side, settings);
      default -> throw new IllegalArgumentException("a Responder gets no such message");
    };
  }

  private ResponderStep receive(EdhocSettings settings, Bytes message1) {
    return ResponderRun.receive(
        settings, message1, cI -> trace.connectionId(Role.RESPONDER), octets -> {});
  }

  private Outcome message3(JsonNode testCase, Side side, EdhocSettings settings) {
    ResponderStep step = receive(settings, trace.value("message_1"));
    if (!(step instanceof ResponderStep.SendMessage2 sent)) {
      throw new IllegalArgumentException("the genuine message_1 leads to " + step);
    }
    findings.same("message_2", trace.value("message_2"), sent.message2());
    Outcome outcome = Outcome.of(sent.run().onMessage3(Json.octets(testCase, "value"), ANY_TIME));
    Optional<Bytes> plaintext = Json.optional(testCase, "plaintext_3");
    if (plaintext.isPresent()
        && !side.watch().hasMessage(use -> use.plaintext().equals(plaintext.get()))) {
      findings.problem("plaintext_3 was not decrypted");
    }
    return outcome;
  }

  /** The stated plaintext is the ciphertext under a keystream that was expanded. */
  private void plaintext2(JsonNode testCase, Side side) {
    Optional<Bytes> plaintext = Json.optional(testCase, "plaintext_2");
    if (plaintext.isEmpty() || plaintext.get().isEmpty()) {
      return;
    }
    Bytes value = Json.octets(testCase, "value");
    int start = value.length() - plaintext.get().length();
    Bytes mask = Masks.xor(value.slice(start, value.length()), plaintext.get());
    if (!side.watch().hasDerivation(one -> one.output().equals(mask))) {
      findings.problem("plaintext_2 was not decrypted");
    }
  }

  private Side side(Role role) {
    return new Side(role, primitives, new TraceScript(trace, role, findings));
  }

  private static List<CipherSuite> suites(List<Integer> values) {
    return values.stream().map(CipherSuites.standard()::require).toList();
  }

  /** The settings of the side of {@code role}, whose ephemeral key is the trace's. */
  EdhocSettings settings(Role role, boolean message4) throws CoseException {
    return settings(side(role), List.of(trace.suite()), message4);
  }

  private EdhocSettings settings(Side side, List<CipherSuite> suites, boolean message4)
      throws CoseException {
    TraceIdentity initiator = TraceIdentity.of(trace, Role.INITIATOR);
    TraceIdentity responder = TraceIdentity.of(trace, Role.RESPONDER);
    TraceIdentity own = side.role() == Role.INITIATOR ? initiator : responder;
    EdhocSettings.Builder builder =
        EdhocSettings.builder(side.primitives(), suites, Set.of(trace.method()))
            .identities(own.own(trace, side.role(), side.primitives().curves()))
            .peers(
                PinnedCredentials.builder(primitives.symmetric())
                    .add(initiator.idCred(), initiator.credential())
                    .add(responder.idCred(), responder.credential())
                    .build())
            .use(use);
    return (message4 ? builder.message4() : builder).build();
  }
}
