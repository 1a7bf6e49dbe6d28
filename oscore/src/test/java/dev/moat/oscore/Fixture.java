package dev.moat.oscore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.coap.codec.MessageFormatException;
import dev.moat.coap.codec.UdpCodec;
import dev.moat.coap.message.Message;
import dev.moat.coap.message.MessageType;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.Options;
import dev.moat.coap.service.Context;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Reliability;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.cose.CoseAlgorithms;
import dev.moat.crypto.Crypto;
import dev.moat.crypto.HashAlgorithm;
import dev.moat.crypto.JdkCrypto;
import dev.moat.oscore.OscoreException.Reason;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.InsecureVolatileReservations;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.context.SecurityContext.Provenance;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Contexts and messages for the tests of this module. */
public final class Fixture {
  public static final Crypto CRYPTO = JdkCrypto.create();
  public static final Peer PEER = Peer.of(Bytes.of(192, 0, 2, 1), 5683);

  private static final Bytes SECRET = Bytes.hex("0102030405060708090a0b0c0d0e0f10");
  private static final Bytes SALT = Bytes.hex("9e7ca92223786340");

  private Fixture() {}

  /** The parameters of the shared vectors' client: Sender ID 02, Recipient ID 01. */
  public static ContextParameters.Builder client() {
    return builder(SECRET, Bytes.of(2), Bytes.of(1)).masterSalt(SALT);
  }

  public static ContextParameters.Builder builder(Bytes secret, Bytes senderId, Bytes recipientId) {
    return ContextParameters.builder(SecretBytes.copyOf(secret.toArray()), senderId, recipientId);
  }

  /** The fields of a vector's context; {@code prefix} stands before the names of the two IDs. */
  public static ContextParameters parameters(JsonNode node, String prefix) {
    ContextParameters.Builder builder =
        builder(
            hex(node, "master_secret"),
            hex(node, prefix + "sender_id"),
            hex(node, prefix + "recipient_id"));
    if (node.hasNonNull("master_salt")) {
      builder.masterSalt(hex(node, "master_salt"));
    }
    if (node.hasNonNull("id_context")) {
      builder.idContext(hex(node, "id_context"));
    }
    String hkdf = node.path("hkdf").asText(node.path("hkdf_algorithm").asText());
    return builder
        .aead(CoseAlgorithms.aead(node.path("aead_algorithm").asInt()).orElseThrow())
        .hkdf(hkdf.endsWith("512") ? HashAlgorithm.SHA_512 : HashAlgorithm.SHA_256)
        .build();
  }

  public static SecurityContext fresh(ContextParameters parameters) {
    return fresh(parameters, 0);
  }

  public static SecurityContext fresh(ContextParameters parameters, long firstNumber) {
    return SecurityContext.derive(
        parameters, CRYPTO, InsecureVolatileReservations.start(firstNumber), Provenance.FRESH);
  }

  public static SecurityContext restored(ContextParameters parameters) {
    return SecurityContext.derive(
        parameters, CRYPTO, InsecureVolatileReservations.start(0), Provenance.RESTORED);
  }

  public static Bytes hex(JsonNode node, String field) {
    return Bytes.hex(node.path(field).asText());
  }

  public static Message message(JsonNode node, String field) {
    return message(hex(node, field));
  }

  public static Message message(Bytes datagram) {
    try {
      return UdpCodec.decode(datagram);
    } catch (MessageFormatException malformed) {
      throw new AssertionError(malformed);
    }
  }

  public static Request request(Message message) {
    Reliability reliability =
        message.type() == MessageType.CON ? Reliability.CONFIRMABLE : Reliability.NON_CONFIRMABLE;
    return new Request(
        message.code(), message.options(), message.payload(), PEER, reliability, Context.empty());
  }

  public static Response response(Message message) {
    return new Response(message.code(), message.options(), message.payload());
  }

  /** The options of a decoded message in a vector. */
  public static Options options(JsonNode decoded) {
    List<Option> options = new ArrayList<>();
    for (JsonNode option : decoded.path("options")) {
      options.add(new Option(option.path("number").asInt(), hex(option, "value")));
    }
    return Options.of(options);
  }

  /** Asserts that {@code call} fails for {@code reason}. */
  public static void assertRefused(Reason reason, ThrowingCallable call) {
    OscoreException refusal = catchThrowableOfType(OscoreException.class, call);
    assertThat(refusal).as("refused for %s", reason).isNotNull();
    assertThat(refusal.reason()).isEqualTo(reason);
  }
}
