package dev.moat.oscore.rederive;

import dev.moat.bytes.RandomSource;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.crypto.Crypto;
import dev.moat.oscore.ErrorResponses;
import dev.moat.oscore.OscoreException;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.ContextTable;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.option.OscoreOption;
import dev.moat.oscore.protect.Protector;
import dev.moat.oscore.protect.ResponseForm;
import dev.moat.oscore.protect.Unprotected;
import dev.moat.oscore.rekey.FreshContexts;
import dev.moat.oscore.rekey.Messages;
import java.util.Optional;

/** A server that does what its stages do, without them; all it has is in memory. */
final class Server {
  final ContextTable table = new ContextTable();
  final RederivationServer rederivation;
  private final Protector protector;
  int served;

  Server(Crypto crypto, RandomSource random, FreshContexts contexts) {
    rederivation = new RederivationServer(table, crypto, random, contexts);
    protector = new Protector(crypto);
  }

  Server(Crypto crypto, RandomSource random) {
    this(crypto, random, FreshContexts.inMemory(crypto));
    rederivation.serve(parameters());
  }

  static ContextParameters parameters() {
    try (ContextParameters client = Messages.client()) {
      return client.reversed();
    }
  }

  Response receive(Request outer, long nowNanos) {
    return rederivation
        .receive(outer, nowNanos)
        .fold(
            forwarded -> serve(forwarded.outer()),
            RederivationStep.Challenged::outer,
            refused -> ErrorResponses.to(OscoreException.Reason.DECRYPTION_FAILED));
  }

  Response receive(Request outer) {
    return receive(outer, 0);
  }

  private Response serve(Request outer) {
    try {
      OscoreOption option = OscoreOption.decode(Messages.option(outer));
      Optional<SecurityContext> found =
          option
              .kid()
              .flatMap(kid -> table.candidates(kid, option.kidContext()).stream().findFirst());
      if (found.isEmpty()) {
        return ErrorResponses.to(OscoreException.Reason.CONTEXT_NOT_FOUND);
      }
      if (protector.unprotectRequest(found.get(), outer) instanceof Unprotected.Fresh fresh) {
        served++;
        return protector.protectResponse(
            fresh.binding(), Messages.content(), ResponseForm.REUSE_NONCE);
      }
      return ErrorResponses.to(OscoreException.Reason.REPLAY);
    } catch (OscoreException refused) {
      return ErrorResponses.to(refused.reason());
    }
  }

  static boolean isProtected(Response response) {
    return response.options().has(OptionNumber.OSCORE);
  }
}
