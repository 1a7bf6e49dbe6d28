package dev.moat.oscore.kudos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.coap.message.Code;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.protect.ProtectedRequest;
import dev.moat.oscore.protect.Protector;
import dev.moat.oscore.protect.RequestBinding;
import dev.moat.oscore.rekey.Messages;
import dev.moat.oscore.rekey.NonceLedger;
import dev.moat.oscore.rekey.RekeyException;
import dev.moat.oscore.rekey.RekeyException.Reason;
import dev.moat.testkit.InsecureSeededRandom;
import org.junit.jupiter.api.function.Executable;

/** Both ends of a key update, and what tests ask of them. */
class KudosFixture {
  static final KudosPolicy CAPABLE = KudosPolicy.recording();
  static final KudosPolicy NOT_CAPABLE = KudosPolicy.withoutRecording();
  static final Response DONE = Response.of(Code.CHANGED);

  final NonceLedger ledger = new NonceLedger();
  final Ends ends = new Ends(ledger, new InsecureSeededRandom(14));
  final KudosInputs clientInputs = ends.client(CAPABLE);
  final KudosInputs serverInputs = ends.server(CAPABLE);
  final KudosClientIdle client = new KudosClientIdle(clientInputs);
  final KudosServerIdle server = new KudosServerIdle(serverInputs);

  static void assertRefused(Executable step, Reason reason) {
    assertThatThrownBy(step::execute)
        .isInstanceOfSatisfying(
            RekeyException.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
  }

  RequestBinding use(KudosConfirmed confirmed, SecurityContext server) throws Exception {
    try (Protector protector = new Protector(ledger)) {
      ProtectedRequest sent = protector.protectRequest(confirmed.context(), Messages.get());
      return ends.received(server, sent.outer());
    }
  }

  static KudosOption option(Request outer) throws RekeyException {
    return KudosMessages.option(outer.options());
  }

  static void assertErased(ContextParameters parameters) {
    assertThatIllegalStateException()
        .isThrownBy(() -> parameters.masterSecret().use(octets -> octets.length));
  }
}
