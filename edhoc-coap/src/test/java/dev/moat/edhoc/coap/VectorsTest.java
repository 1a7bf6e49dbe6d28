package dev.moat.edhoc.coap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.coap.codec.UdpCodec;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.Message;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.OptionRegistry;
import dev.moat.coap.service.Context;
import dev.moat.coap.service.Reliability;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.cose.credential.Credential;
import dev.moat.cose.credential.IdCred;
import dev.moat.cose.credential.PinnedCredentials;
import dev.moat.crypto.DhCurve;
import dev.moat.crypto.Primitives;
import dev.moat.edhoc.auth.Identity;
import dev.moat.edhoc.coap.client.EdhocClientConfig;
import dev.moat.edhoc.coap.combined.CombinedPayload;
import dev.moat.edhoc.coap.server.EdhocServerConfig;
import dev.moat.edhoc.message.ConnectionId;
import dev.moat.edhoc.run.EdhocSettings;
import dev.moat.edhoc.suite.Method;
import dev.moat.oscore.context.ContextTable;
import dev.moat.oscore.option.OscoreOption;
import dev.moat.oscore.rekey.ContextOnDemand;
import dev.moat.testkit.Vectors;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every case of edhoc-oscore-rfc9668.json, from both ends. */
class VectorsTest {
  private static final JsonNode TRACE =
      Vectors.load("edhoc-rfc9529-traces.json", node -> node).stream()
          .filter(node -> node.path("method").asInt() == 3)
          .findFirst()
          .orElseThrow()
          .path("values");

  private static JsonNode named(String id) {
    return Vectors.load("edhoc-oscore-rfc9668.json", node -> node).stream()
        .filter(node -> node.path("id").asText().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static final JsonNode FLOW = named("edhoc-coap-section 3");

  private static Bytes hex(JsonNode node) {
    return Bytes.hex(node.asText());
  }

  private static SecretBytes secret(String field) {
    return SecretBytes.copyOf(hex(TRACE.path(field)).toArray());
  }

  private static EdhocSettings.Builder settings(String own, String peer, String ephemeral)
      throws Exception {
    Primitives best = Parties.PRIMITIVES;
    Primitives fixed =
        new Primitives(
            best.symmetric(),
            new InsecureFixedEphemeral(best.curves(), secret(ephemeral)),
            best.keccak());
    Identity identity =
        Identity.staticDh(
            idCred(own),
            credential(own),
            best.curves().privateKey(DhCurve.P_256, secret("SK_" + own)));
    // The other key is for suite 6, which the trace's initiator prefers and is refused.
    return EdhocSettings.builder(fixed, Parties.suites(6, 2), Set.of(Method.DH_DH))
        .identities(identity, Parties.CLIENT.identity)
        .peers(
            PinnedCredentials.builder(best.symmetric())
                .add(idCred(peer), credential(peer))
                .build());
  }

  private static IdCred idCred(String side) throws Exception {
    return IdCred.decode(hex(TRACE.path("ID_CRED_" + side + "_cbor")));
  }

  private static Credential credential(String side) throws Exception {
    return Credential.ccs(hex(TRACE.path("CRED_" + side + "_cbor")));
  }

  /** A server whose only free identifier is the trace's C_R. */
  private static Rig rig(boolean message4) throws Exception {
    Rig rig = new Rig(EdhocServerConfig.of(onlySuite2(message4), Parties.rules()));
    reserveAllBut(rig.serverIds, 0x27);
    return rig;
  }

  /** The first message_1 of the trace was refused. */
  private static EdhocSettings onlySuite2(boolean message4) throws Exception {
    EdhocSettings all = settings("R", "I", "Y").build();
    EdhocSettings.Builder two =
        EdhocSettings.builder(all.primitives(), Parties.suites(2), all.methods())
            .identities(all.identities().get(0))
            .peers(all.peers());
    if (message4) {
      two.message4();
    }
    return two.build();
  }

  private static void reserveAllBut(RecipientIds ids, int free) {
    for (int octet = 0; octet < 0x38; octet++) {
      boolean unused = octet == free || ids.reserve(ConnectionId.of(octet));
    }
  }

  private static Request request(Bytes datagram) throws Exception {
    Message message = UdpCodec.decode(datagram);
    return new Request(
        message.code(),
        message.options(),
        message.payload(),
        Rig.SERVER,
        Reliability.CONFIRMABLE,
        Context.empty());
  }

  private static void assertIs(Response response, JsonNode datagram) throws Exception {
    Message expected = UdpCodec.decode(hex(datagram));
    assertThat(response.code()).isEqualTo(expected.code());
    assertThat(response.options()).isEqualTo(expected.options());
    assertThat(response.payload()).isEqualTo(expected.payload());
  }

  private static void assertIs(Request sent, JsonNode datagram) throws Exception {
    Request expected = request(hex(datagram));
    assertThat(sent.method()).isEqualTo(expected.method());
    assertThat(sent.options()).isEqualTo(expected.options());
    assertThat(sent.payload()).isEqualTo(expected.payload());
  }

  private static Response serve(Rig rig, JsonNode datagram) throws Exception {
    return rig.serve(Rig.CLIENT, request(hex(datagram)));
  }

  @Test
  void takesTheExampleApart() throws Exception {
    JsonNode example = named("rfc9668-example");
    Request request = request(hex(example.path("protected_coap_message")));
    OscoreOption oscore =
        OscoreOption.decode(request.options().first(OptionNumber.OSCORE).orElseThrow());
    assertThat(oscore.kid()).contains(hex(example.path("c_r")));
    assertThat(CombinedPayload.read(request.payload()))
        .contains(
            new CombinedPayload(
                hex(example.path("edhoc_message_3")), hex(example.path("oscore_ciphertext"))));
  }

  @Test
  @Tag("LK-013")
  void servesTheSequentialFlow() throws Exception {
    Rig rig = rig(true);
    assertIs(serve(rig, FLOW.path("request_1").path("coap")), FLOW.path("response_1").path("coap"));
    assertIs(
        serve(rig, FLOW.path("sequential_request_2").path("coap")),
        FLOW.path("sequential_response_2").path("coap"));
    assertThat(rig.edhoc.contexts().all()).hasSize(1);
  }

  @Test
  @Tag("LK-013")
  void servesTheCombinedFlow() throws Exception {
    Rig rig = begun();
    assertIs(
        serve(rig, FLOW.path("combined_request").path("coap")),
        FLOW.path("combined_response").path("coap"));
  }

  private static Rig begun() throws Exception {
    Rig rig = rig(false);
    assertIs(serve(rig, FLOW.path("request_1").path("coap")), FLOW.path("response_1").path("coap"));
    return rig;
  }

  @Test
  @Tag("LK-122")
  void sendsTheCombinedFlow() throws Exception {
    Rig rig = rig(false);
    ContextOnDemand context = client(rig, false);
    assertThat(rig.answer(context, Code.GET, "", "/temp").payload().toUtf8()).isEqualTo("22.5 C");
    assertIs(rig.sent.get(1), FLOW.path("request_1").path("coap"));
    assertIs(rig.sent.get(2), FLOW.path("combined_request").path("coap"));
    assertThat(rig.sent).hasSize(3);
  }

  @Test
  void sendsTheSequentialFlow() throws Exception {
    Rig rig = rig(true);
    ContextOnDemand context = client(rig, true);
    assertThat(rig.answer(context, Code.GET, "", "/temp").code()).isEqualTo(Code.CONTENT);
    assertIs(rig.sent.get(1), FLOW.path("request_1").path("coap"));
    assertIs(rig.sent.get(2), FLOW.path("sequential_request_2").path("coap"));
  }

  private static ContextOnDemand client(Rig rig, boolean message4) throws Exception {
    RecipientIds ids = new RecipientIds(new ContextTable());
    reserveAllBut(ids, 0x37);
    EdhocSettings.Builder settings = settings("I", "R", "X");
    if (message4) {
      settings.message4();
    }
    return new ContextOnDemand(
        rig.client(
            EdhocClientConfig.forward(settings.build(), Parties.rules(), Method.DH_DH)
                .combined()
                .ids(ids)
                .build()));
  }

  @Test
  void ignoresTheValueOfTheOption() throws Exception {
    Rig rig = begun();
    assertIs(
        serve(rig, named("edhoc-option-nonempty-value").path("message")),
        FLOW.path("combined_response").path("coap"));
  }

  @Test
  void refusesPayloadsThatAreNotCombined() throws Exception {
    for (String id : List.of("payload-not-cbor-bstr", "payload-empty")) {
      Rig rig = begun();
      assertThat(serve(rig, named(id).path("message")).code()).isEqualTo(Code.BAD_REQUEST);
      assertThat(rig.edhoc.contexts().all()).isEmpty();
      // The genuine one is still served.
      assertIs(
          serve(rig, FLOW.path("combined_request").path("coap")),
          FLOW.path("combined_response").path("coap"));
    }
  }

  @Test
  void refusesATamperedRequestAsOscoreDoes() throws Exception {
    Rig rig = begun();
    Response refused = serve(rig, named("oscore-tampered").path("message"));
    assertThat(refused.code()).isEqualTo(Code.BAD_REQUEST);
    assertThat(refused.payload().toUtf8()).isEqualTo("Decryption failed");
    assertIs(
        serve(rig, FLOW.path("combined_request").path("coap")),
        FLOW.path("combined_response").path("coap"));
  }

  @Test
  void leavesARepeatedOptionToTheEngine() throws Exception {
    Request twice = request(hex(named("edhoc-option-twice").path("message")));
    assertThat(OptionRegistry.standard().recognise(twice.options()).unprocessableCritical())
        .hasSize(1);
  }

  @Test
  void refusesCombinedRequestsWithoutReadableOscoreOption() throws Exception {
    Request combined = request(hex(FLOW.path("combined_request").path("coap")));
    Request bare = combined.withOptions(combined.options().without(OptionNumber.OSCORE));
    assertThat(begun().serve(Rig.CLIENT, bare).code()).isEqualTo(Code.BAD_REQUEST);
    Request withoutKid = combined.with(new Option(OptionNumber.OSCORE, Bytes.hex("0100")));
    assertThat(begun().serve(Rig.CLIENT, withoutKid).code()).isEqualTo(Code.BAD_REQUEST);
    Request malformed = combined.with(new Option(OptionNumber.OSCORE, Bytes.hex("ff")));
    assertThat(begun().serve(Rig.CLIENT, malformed).code()).isEqualTo(Code.BAD_REQUEST);
    Request unknown = combined.with(new Option(OptionNumber.OSCORE, Bytes.hex("090028")));
    Response refused = begun().serve(Rig.CLIENT, unknown);
    assertThat(EdhocMessages.isError(refused)).isTrue();
    assertThat(refused.code()).isEqualTo(Code.BAD_REQUEST);
  }
}
