package dev.moat.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.coap.codec.MessageFormatException;
import dev.moat.coap.codec.UdpCodec;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.Message;
import dev.moat.coap.message.MessageType;
import dev.moat.coap.service.Context;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Reliability;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.crypto.Crypto;
import dev.moat.crypto.JdkCrypto;
import dev.moat.oscore.OscoreException;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.InsecureVolatileReservations;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.context.SecurityContext.Provenance;
import dev.moat.oscore.option.OscoreOption;
import dev.moat.oscore.protect.Protector;
import dev.moat.oscore.protect.RequestBinding;
import org.junit.jupiter.params.provider.MethodSource;

/** OSCORE messages of anyone (RFC 8613, Sections 6 and 8): nothing but an OscoreException. */
final class OscoreFuzzTest {
  private static final Crypto CRYPTO = JdkCrypto.create();
  private static final Peer PEER = new Peer(0, 0xffff_7f00_0001L, 5_683, 0, 0);

  @MethodSource("dev.moat.fuzz.Seeds#oscoreOptions")
  @FuzzTest
  void decodesAnOptionAsItIsEncodedOrRefusesIt(@NotNull byte[] value) {
    Bytes given = Bytes.copyOf(value);
    OscoreOption option;
    try {
      option = OscoreOption.decode(given);
    } catch (OscoreException refused) {
      return;
    }
    // A lone 00 is read as what it should have been.
    Bytes canonical = given.equals(Bytes.of(0)) ? Bytes.empty() : given;
    assertThat(option.encode()).isEqualTo(canonical);
  }

  @MethodSource("dev.moat.fuzz.Seeds#protectedDatagrams")
  @FuzzTest
  void believesNoRequestItsWindowDoesNotRemember(@NotNull byte[] datagram) throws Exception {
    Message message = decoded(datagram);
    if (!message.code().isRequest()) {
      return;
    }
    try (SecurityContext server = context(parameters().reversed(), 0);
        Protector protector = new Protector(CRYPTO)) {
      Request outer = request(message);
      try {
        assertThat(protector.unprotectRequest(server, outer)).isNotNull();
        assertThat(server.replay().window().highest()).isNotNegative();
      } catch (OscoreException refused) {
        assertThat(refused.reason()).isNotNull();
      }
    }
  }

  @MethodSource("dev.moat.fuzz.Seeds#protectedDatagrams")
  @FuzzTest
  void believesNoResponseButToItsRequest(@NotNull byte[] datagram) throws Exception {
    Message message = decoded(datagram);
    if (!message.code().isResponse()) {
      return;
    }
    try (SecurityContext client = context(parameters(), 20);
        Protector protector = new Protector(CRYPTO)) {
      Request sent = Request.to(PEER, Code.GET, "oscore/hello/1");
      RequestBinding binding = protector.protectRequest(client, sent).binding();
      RequestBinding other = protector.protectRequest(client, sent).binding();
      Response outer = new Response(message.code(), message.options(), message.payload());
      try {
        assertThat(protector.unprotectResponse(binding, outer).inner()).isNotNull();
      } catch (OscoreException refused) {
        assertThat(refused.reason()).isNotNull();
        return;
      }
      assertThatThrownBy(() -> protector.unprotectResponse(other, outer))
          .isInstanceOf(OscoreException.class);
    }
  }

  /** The message, or an empty one in place of what is none. */
  private static Message decoded(byte[] datagram) {
    try {
      return UdpCodec.decode(Bytes.copyOf(datagram));
    } catch (MessageFormatException malformed) {
      return Message.empty(MessageType.RST, 0);
    }
  }

  private static Request request(Message message) {
    return new Request(
        message.code(),
        message.options(),
        message.payload(),
        PEER,
        Reliability.CONFIRMABLE,
        Context.empty());
  }

  private static ContextParameters parameters() {
    try (SecretBytes secret =
        SecretBytes.copyOf(Bytes.hex("0102030405060708090a0b0c0d0e0f10").toArray())) {
      return ContextParameters.builder(secret, Bytes.of(2), Bytes.of(1))
          .masterSalt(Bytes.hex("9e7ca92223786340"))
          .build();
    }
  }

  private static SecurityContext context(ContextParameters parameters, long firstNumber) {
    return SecurityContext.derive(
        parameters, CRYPTO, InsecureVolatileReservations.start(firstNumber), Provenance.FRESH);
  }
}
