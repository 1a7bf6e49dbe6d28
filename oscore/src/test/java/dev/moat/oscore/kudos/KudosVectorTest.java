package dev.moat.oscore.kudos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.coap.codec.UdpCodec;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.Message;
import dev.moat.coap.option.Options;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.protect.ProtectedRequest;
import dev.moat.oscore.rekey.FreshContexts;
import dev.moat.oscore.rekey.Messages;
import dev.moat.oscore.rekey.NonceLedger;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The messages of oscore-kudos-draft14.json, made by both ends. */
final class KudosVectorTest {
  private final NonceLedger ledger = new NonceLedger();

  static List<KudosCase> cases() {
    return KudosCase.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void bothEndsMakeTheMessagesOfTheVector(KudosCase vector) throws Exception {
    KudosClientOffered client = new KudosClientIdle(inputs(vector.old(), vector.hex("n1"))).offer();
    ProtectedRequest request =
        client.request(Request.to(Messages.SERVER, Code.GET, "/.well-known/kudos"));
    assertSealed(vector, "request_1");
    assertWire(
        vector,
        "request_1",
        request.outer().method(),
        request.outer().options(),
        request.outer().payload());

    KudosServerPending server =
        new KudosServerIdle(inputs(vector.old().reversed(), vector.hex("n2")))
            .receive(request.outer());
    Response response = server.respond(Response.of(Code.CHANGED));
    assertSealed(vector, "response_1");
    assertWire(vector, "response_1", response.code(), response.options(), response.payload());

    KudosConfirmed confirmed = client.receive(request.binding(), response);
    assertThat(confirmed.forwardSecret()).isTrue();
    assertThat(confirmed.next().latest().masterSalt()).isEqualTo(vector.hex("ctx_new/master_salt"));
    assertThat(new Ends(ledger, target -> {}).areOne(confirmed.context(), server.context()))
        .isTrue();
  }

  private KudosInputs inputs(ContextParameters latest, Bytes nonce) {
    RandomSource given = target -> nonce.copyTo(target, 0);
    return new KudosInputs(
        latest,
        Optional.empty(),
        KudosPolicy.recording(),
        ledger,
        given,
        FreshContexts.inMemory(ledger));
  }

  private void assertSealed(KudosCase vector, String message) {
    assertThat(ledger.last().nonce()).isEqualTo(vector.hex(message + "/nonce"));
    assertThat(ledger.last().aad()).isEqualTo(vector.hex(message + "/aad"));
    assertThat(ledger.last().plaintext()).isEqualTo(vector.hex(message + "/plaintext"));
  }

  private static void assertWire(
      KudosCase vector, String message, Code code, Options options, Bytes payload)
      throws Exception {
    Message wire = UdpCodec.decode(vector.hex(message + "/coap"));
    assertThat(code).isEqualTo(wire.code());
    assertThat(options).isEqualTo(wire.options());
    assertThat(payload).isEqualTo(wire.payload()).isEqualTo(vector.hex(message + "/ciphertext"));
    assertThat(options.first(9)).contains(vector.hex(message + "/oscore_option"));
  }
}
