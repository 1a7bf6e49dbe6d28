package dev.moat.cli.conform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.cli.conform.cases.CaseRunner;
import dev.moat.cli.conform.cases.Findings;
import dev.moat.cli.conform.cases.Json;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.crypto.Crypto;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.kudos.KudosClientIdle;
import dev.moat.oscore.kudos.KudosClientOffered;
import dev.moat.oscore.kudos.KudosConfirmed;
import dev.moat.oscore.kudos.KudosDerivation;
import dev.moat.oscore.kudos.KudosInputs;
import dev.moat.oscore.kudos.KudosPolicy;
import dev.moat.oscore.kudos.KudosServerIdle;
import dev.moat.oscore.kudos.KudosServerPending;
import dev.moat.oscore.protect.ProtectedRequest;
import dev.moat.oscore.rekey.FreshContexts;
import dev.moat.oscore.rekey.RekeyException;
import java.util.Optional;

/**
 * A key update in the forward-secret mode, begun by the client (draft-ietf-core-oscore-key-update).
 */
final class KudosCase implements CaseRunner {
  @Override
  public void run(JsonNode testCase, Findings findings) {
    if (!Json.text(testCase, "initiator").startsWith("client")) {
      findings.notRun("a key update begun by the server is not yet supported");
      return;
    }
    AeadRecorder recorder = new AeadRecorder();
    derivations(testCase, recorder, findings);
    try {
      flow(testCase, recorder, findings);
    } catch (RekeyException e) {
      findings.problem("the key update failed: " + e.getMessage());
    }
  }

  private static void derivations(JsonNode testCase, Crypto crypto, Findings findings) {
    for (String name : new String[] {"ctx_old", "ctx_temp", "ctx_new"}) {
      JsonNode stated = testCase.path(name);
      Findings own = new Findings();
      try (ContextParameters parameters = VectorContext.parameters(stated)) {
        KeyDerivation.compare(stated, parameters, crypto, own);
      }
      if (!name.equals("ctx_old")) {
        update(testCase, stated, name.equals("ctx_new"), crypto, own);
      }
      findings.addAll(name, own);
    }
  }

  /** CTX_TEMP is made of CTX_OLD and the first message's nonce, CTX_NEW of both nonces. */
  private static void update(
      JsonNode testCase, JsonNode stated, boolean both, Crypto crypto, Findings findings) {
    Bytes first = Json.octets(testCase, "x1").plus(Json.octets(testCase, "n1"));
    Bytes second = Json.octets(testCase, "x2").plus(Json.octets(testCase, "n2"));
    Bytes other = both ? second : Bytes.empty();
    Bytes inputs = KudosDerivation.inputs(first, other);
    findings.same("X_N", Json.octets(stated, "X_N"), inputs);
    try (ContextParameters old = VectorContext.parameters(testCase.path("ctx_old"));
        ContextParameters updated = KudosDerivation.updateContext(first, other, old, crypto)) {
      findings.same(
          "master_secret",
          Json.octets(stated, "master_secret"),
          updated.masterSecret().use(Bytes::copyOf));
      findings.same("master_salt", Json.octets(stated, "master_salt"), updated.masterSalt());
      findings.same(
          "ExpandLabel",
          Json.octets(stated, "ExpandLabel"),
          KudosDerivation.expandLabel(inputs, updated.masterSecret().length()));
    }
  }

  private static void flow(JsonNode testCase, AeadRecorder recorder, Findings findings)
      throws RekeyException {
    ContextParameters old = VectorContext.parameters(testCase.path("ctx_old"));
    KudosClientOffered client =
        new KudosClientIdle(inputs(old, Json.octets(testCase, "n1"), recorder)).offer();
    JsonNode stated = testCase.path("request_1");
    VectorMessage wire = VectorMessage.of(Json.octets(stated, "coap"));
    ProtectedRequest request =
        client.request(Request.to(FlowStep.PEER, Code.GET, "/.well-known/kudos"));
    sealed(
        "request_1",
        stated,
        request.outer().options().first(OptionNumber.OSCORE),
        recorder,
        findings);
    findings.same("request_1 coap", Json.octets(stated, "coap"), wire.with(request.outer()));
    KudosServerPending server =
        new KudosServerIdle(inputs(old.reversed(), Json.octets(testCase, "n2"), recorder))
            .receive(request.outer());
    Response response = server.respond(Response.of(Code.CHANGED));
    stated = testCase.path("response_1");
    sealed("response_1", stated, response.options().first(OptionNumber.OSCORE), recorder, findings);
    VectorMessage answer = VectorMessage.of(Json.octets(stated, "coap"));
    findings.same("response_1 coap", Json.octets(stated, "coap"), answer.with(response));
    KudosConfirmed confirmed = client.receive(request.binding(), response);
    findings.same("forward secrecy", true, confirmed.forwardSecret());
    findings.same(
        "confirmed master_salt",
        Json.octets(testCase.path("ctx_new"), "master_salt"),
        confirmed.next().latest().masterSalt());
  }

  private static void sealed(
      String name,
      JsonNode stated,
      Optional<Bytes> option,
      AeadRecorder recorder,
      Findings findings) {
    Findings own = new Findings();
    SealedFields.compare(stated, recorder, own);
    own.same("oscore_option", Json.optional(stated, "oscore_option"), option);
    findings.addAll(name, own);
  }

  private static KudosInputs inputs(ContextParameters latest, Bytes nonce, Crypto crypto) {
    RandomSource stated = target -> nonce.copyTo(target, 0);
    return new KudosInputs(
        latest,
        Optional.empty(),
        KudosPolicy.recording(),
        crypto,
        stated,
        FreshContexts.inMemory(crypto));
  }
}
