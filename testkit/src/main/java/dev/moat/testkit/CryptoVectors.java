package dev.moat.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.bytes.Bytes;
import java.util.List;
import java.util.function.Function;

/** The vectors of single primitives, as typed cases. */
public final class CryptoVectors {
  private CryptoVectors() {}

  /** All cases of aes-ccm-rfc3610.json. */
  public static List<AeadCase> rfc3610() {
    return Vectors.load("aes-ccm-rfc3610.json", CryptoVectors::rfc3610);
  }

  /** All cases of a wycheproof file for authenticated encryption. */
  public static List<AeadCase> wycheproofAead(String file) {
    return groups(file, CryptoVectors::wycheproofAead);
  }

  /** All cases of wycheproof-hkdf-sha256.json. */
  public static List<HkdfCase> wycheproofHkdf() {
    return groups("wycheproof-hkdf-sha256.json", CryptoVectors::wycheproofHkdf);
  }

  /** All cases of a wycheproof file for key agreement. */
  public static List<AgreementCase> wycheproofAgreement(String file) {
    return groups(file, CryptoVectors::wycheproofAgreement);
  }

  /** All cases of a wycheproof file for signatures; ECDSA keys become x and y of 32 octets. */
  public static List<SignatureCase> wycheproofSignatures(String file) {
    return Vectors.load(file, CryptoVectors::wycheproofSignatures).stream()
        .flatMap(List::stream)
        .toList();
  }

  /** All cases of cose-examples.json, of every structure. */
  public static List<CoseCase> coseExamples() {
    return Vectors.load("cose-examples.json", CryptoVectors::coseExample);
  }

  private static <T> List<T> groups(String file, Function<JsonNode, T> reader) {
    return Vectors.load(file, group -> Vectors.list(group.path("tests"), reader)).stream()
        .flatMap(List::stream)
        .toList();
  }

  private static AeadCase rfc3610(JsonNode node) {
    return new AeadCase(
        Vectors.text(node, "id"),
        Vectors.hex(node, "key"),
        Vectors.hex(node, "nonce"),
        node.has("aad_zero_bytes")
            ? Bytes.owned(new byte[node.path("aad_zero_bytes").asInt()])
            : Vectors.hex(node, "aad"),
        Vectors.hex(node, "plaintext"),
        Vectors.hex(node, "ciphertext_with_tag"),
        node.path("tag_length").asInt(),
        true);
  }

  private static AeadCase wycheproofAead(JsonNode node) {
    Bytes tag = Vectors.hex(node, "tag");
    return new AeadCase(
        Vectors.text(node, "tcId") + " " + Vectors.text(node, "comment"),
        Vectors.hex(node, "key"),
        Vectors.hex(node, "iv"),
        Vectors.hex(node, "aad"),
        Vectors.hex(node, "msg"),
        Vectors.hex(node, "ct").plus(tag),
        tag.length(),
        isValid(node));
  }

  private static HkdfCase wycheproofHkdf(JsonNode node) {
    return new HkdfCase(
        Vectors.text(node, "tcId") + " " + Vectors.text(node, "comment"),
        Vectors.hex(node, "ikm"),
        Vectors.hex(node, "salt"),
        Vectors.hex(node, "info"),
        node.path("size").asInt(),
        Vectors.hex(node, "okm"),
        isValid(node));
  }

  private static AgreementCase wycheproofAgreement(JsonNode node) {
    return new AgreementCase(
        id(node),
        Vectors.list(node.path("flags"), JsonNode::asText),
        Vectors.hex(node, "public"),
        uint(Vectors.hex(node, "private"), 32),
        Vectors.hex(node, "shared"),
        isValid(node));
  }

  private static List<SignatureCase> wycheproofSignatures(JsonNode group) {
    JsonNode key = group.path("publicKey");
    Bytes publicKey =
        key.has("pk")
            ? Vectors.hex(key, "pk")
            : uint(Vectors.hex(key, "wx"), 32).plus(uint(Vectors.hex(key, "wy"), 32));
    return Vectors.list(
        group.path("tests"),
        node ->
            new SignatureCase(
                id(node),
                publicKey,
                Vectors.hex(node, "msg"),
                Vectors.hex(node, "sig"),
                isValid(node)));
  }

  /** Numbers stand there with a zero for the sign, or without leading zeros. */
  private static Bytes uint(Bytes number, int octets) {
    int surplus = number.length() - octets;
    return surplus > 0
        ? number.slice(surplus, number.length())
        : Bytes.owned(new byte[-surplus]).plus(number);
  }

  private static String id(JsonNode node) {
    return Vectors.text(node, "tcId") + " " + Vectors.text(node, "comment");
  }

  private static CoseCase coseExample(JsonNode node) {
    return new CoseCase(
        Vectors.text(node, "id"),
        Vectors.text(node, "structure"),
        Vectors.hex(node, "cbor"),
        Vectors.hex(node.path("key"), "k"),
        Vectors.text(node, "alg"),
        Vectors.hex(node, "external_aad"),
        Vectors.optionalText(node, "enc_structure").map(Bytes::hex),
        Vectors.hex(node, "plaintext"),
        Vectors.text(node, "expected").equals("pass"));
  }

  private static boolean isValid(JsonNode node) {
    return !Vectors.text(node, "result").equals("invalid");
  }
}
