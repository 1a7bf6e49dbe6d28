package dev.moat.cli.conform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.cli.conform.cases.CaseRunner;
import dev.moat.cli.conform.cases.Json;
import dev.moat.cli.conform.cose.CertificateCase;
import dev.moat.cli.conform.curve.KeyAgreementCase;
import dev.moat.cli.conform.curve.SignatureCase;
import dev.moat.cli.conform.edhoc.CodecExampleCase;
import dev.moat.cli.conform.edhoc.ForgedCase;
import dev.moat.cli.conform.edhoc.InvalidCase;
import dev.moat.cli.conform.edhoc.TraceCase;
import dev.moat.crypto.bc.PrimitivesChoice;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The kinds of vector files that can be run, told apart by what every case of the kind has. */
enum Kind {
  /** Messages of the UDP format with their fields, or the reason why they are malformed. */
  COAP_UDP_MESSAGES(
      one ->
          one.path("transport").asText().equals("udp") && Json.isText(one, "message", "expected"),
      root -> new UdpMessageCase()),
  /** Messages on TCP and WebSockets, and what connections begin with. */
  COAP_TCP_MESSAGES(
      one ->
          one.path("transport").asText().matches("tcp|tcp-stream|ws")
              && Json.isText(one, "message", "expected"),
      root -> new StreamMessageCase()),
  /** URIs and the options they stand for. */
  COAP_URI(one -> Json.isText(one, "uri", "direction"), root -> new UriCase()),
  /** Message flows with Echo and Request-Tag. */
  ECHO_REQUEST_TAG(
      one -> Json.isText(one.path("steps").path(0), "coap"), root -> new EchoRequestTagCase()),
  /** The examples of RFC 8613. */
  OSCORE_RFC8613_APPENDIX_C(
      one ->
          Json.isText(one, "kind") && (one.has("master_secret") || one.has("oscore_option_value")),
      AppendixCCase::new),
  /** Contexts with a request and its possible responses. */
  OSCORE_DERIVED(
      one -> one.path("security_context").isObject() && one.path("responses").isArray(),
      root -> new OscoreDerivedCase()),
  /** Values of the OSCORE option. */
  OSCORE_OPTION(
      one -> Json.isText(one, "value") && Json.text(one, "expected").matches("ok|malformed"),
      root -> new OscoreOptionCase()),
  /** Sequences of Partial IVs. */
  OSCORE_REPLAY_WINDOW(
      one -> one.path("sequence").isArray() && one.has("window_size"),
      root -> new ReplayWindowCase()),
  /** Exchanges captured between other implementations. */
  OSCORE_INTEROP_CAPTURES(
      one -> Json.isText(one, "request", "server_context") && one.path("responses").isArray(),
      OscoreCaptureCase::new),
  /** Forged and malformed messages. */
  OSCORE_NEGATIVE(
      one ->
          Json.text(one, "role_under_test").matches("server|client")
              && Json.isText(one, "message", "expected"),
      NegativeCase::new),
  /** Interoperability tests, with contexts and resources. */
  OSCORE_INTEROP_SPEC(
      one -> Json.isText(one, "objective") && one.path("request_inner").isObject(),
      InteropSpecCase::new),
  /** Key updates of the draft, version 14. */
  OSCORE_KUDOS_DRAFT14(
      one -> one.path("ctx_old").isObject() && one.path("ctx_new").isObject(),
      root -> new KudosCase()),
  /** COSE objects of the working group's examples. */
  COSE_EXAMPLES(
      one -> Json.isText(one, "cbor", "structure", "expected"), root -> new CoseExampleCase()),
  /** Certificates with their keys, issuers' keys and names. */
  X509_CERTIFICATES(
      one -> Json.isText(one, "serial", "issuer", "subject", "public_key"),
      root -> new CertificateCase(PrimitivesChoice.best())),
  /** AES-CCM by itself. */
  AES_CCM_RFC3610(
      one -> Json.isText(one, "ciphertext_with_tag") && one.path("tag_length").isInt(),
      root -> new AesCcmCase()),
  /** Wycheproof's tests of authenticated encryption. */
  WYCHEPROOF_AEAD(
      one -> one.path("type").asText().equals("AeadTest"), root -> new WycheproofAeadCase()),
  /** Wycheproof's tests of HKDF. */
  WYCHEPROOF_HKDF(
      one -> one.path("type").asText().equals("HkdfTest"), root -> new WycheproofHkdfCase()),
  /** Wycheproof's tests of key agreement. */
  WYCHEPROOF_KEY_AGREEMENT(
      one -> one.path("type").asText().matches("Xdh.*|Ecdh.*"),
      root -> new KeyAgreementCase(PrimitivesChoice.best().curves())),
  /** Wycheproof's tests of the verification of signatures. */
  WYCHEPROOF_SIGNATURE(
      one -> one.path("type").asText().matches("(Ecdsa|Eddsa).*Ver.*"),
      root -> new SignatureCase(PrimitivesChoice.best().curves())),
  /** Small rules of EDHOC's encoding. */
  EDHOC_CODEC_EXAMPLES(
      one -> Json.isText(one, "kind"), root -> new CodecExampleCase(PrimitivesChoice.best())),
  /** Messages and plaintexts of EDHOC that are invalid by themselves. */
  EDHOC_INVALID(
      one -> Json.isText(one, "target", "value", "expected"),
      root -> new InvalidCase(PrimitivesChoice.best())),
  /** Messages of EDHOC that arrive in a handshake. */
  EDHOC_NEGATIVE(
      one ->
          Json.text(one, "role_under_test").matches("Initiator|Responder")
              && Json.isText(one, "message", "value", "expected"),
      root -> new ForgedCase(root, PrimitivesChoice.best())),
  /** Handshakes over CoAP, and requests that carry message_3. */
  EDHOC_OSCORE_RFC9668(
      one ->
          Json.isText(one, "edhoc_message_3", "protected_coap_message")
              || one.path("combined_request").isObject()
              || (Json.isText(one, "message", "expected")
                  && one.path("decoded").isObject()
                  && !one.has("transport")),
      root -> new CombinedCase(root, PrimitivesChoice.best())),
  /** Complete handshakes with every value of theirs, methods 0 to 4. */
  EDHOC_TRACES(
      one -> one.path("method").isInt() && one.path("values").isObject(),
      root -> new TraceCase(PrimitivesChoice.best()));

  @SuppressWarnings("ImmutableEnumChecker") // functions without state
  private final Predicate<JsonNode> shape;

  @SuppressWarnings("ImmutableEnumChecker") // functions without state
  private final Function<JsonNode, CaseRunner> runner;

  Kind(Predicate<JsonNode> shape, Function<JsonNode, CaseRunner> runner) {
    this.shape = shape;
    this.runner = runner;
  }

  /** The kind whose cases look like {@code testCase}. */
  static Optional<Kind> of(JsonNode testCase) {
    return Arrays.stream(values()).filter(kind -> kind.shape.test(testCase)).findFirst();
  }

  /** All labels, for messages. */
  static String labels() {
    return Arrays.stream(values()).map(Kind::label).collect(Collectors.joining(", "));
  }

  /** The name on the command line. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What runs the cases of a file of this kind, whose content is {@code root}. */
  CaseRunner runner(JsonNode root) {
    return runner.apply(root);
  }
}
