package dev.moat.oscore.kudos;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.bytes.SecretBytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.crypto.Crypto;
import dev.moat.oscore.OscoreException;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.protect.ProtectedRequest;
import dev.moat.oscore.protect.Protector;
import dev.moat.oscore.protect.RequestBinding;
import dev.moat.oscore.protect.ResponseForm;
import dev.moat.oscore.protect.Unprotected;
import dev.moat.oscore.rekey.FreshContexts;
import dev.moat.oscore.rekey.Messages;
import java.util.Optional;

/** What the two ends of a key update have in the tests. */
record Ends(Crypto crypto, RandomSource random) {
  KudosInputs client(KudosPolicy policy) {
    return inputs(Messages.client(), Optional.of(bootstrap()), policy);
  }

  KudosInputs server(KudosPolicy policy) {
    return inputs(Messages.client().reversed(), Optional.of(bootstrap().reversed()), policy);
  }

  KudosInputs inputs(
      ContextParameters latest, Optional<ContextParameters> bootstrap, KudosPolicy policy) {
    return new KudosInputs(
        latest, bootstrap, policy, crypto, random, FreshContexts.inMemory(crypto));
  }

  static ContextParameters bootstrap() {
    try (SecretBytes secret = SecretBytes.copyOf(Bytes.utf8("never overwritten").toArray())) {
      return ContextParameters.builder(secret, Bytes.of(1), Bytes.of(2)).build();
    }
  }

  static Request kudos() {
    return Request.to(Messages.SERVER, Code.POST, "/.well-known/kudos");
  }

  /** An ordinary request of the client and its response, under contexts of both ends. */
  boolean areOne(SecurityContext client, SecurityContext server) throws OscoreException {
    try (Protector protector = new Protector(crypto)) {
      ProtectedRequest sent = protector.protectRequest(client, Messages.get());
      RequestBinding received = received(server, sent.outer());
      Response answer =
          protector.protectResponse(received, Messages.content(), ResponseForm.REUSE_NONCE);
      return protector.unprotectResponse(sent.binding(), answer).inner().equals(Messages.content());
    }
  }

  RequestBinding received(SecurityContext server, Request outer) throws OscoreException {
    try (Protector protector = new Protector(crypto)) {
      return ((Unprotected.Fresh) protector.unprotectRequest(server, outer)).binding();
    }
  }

  SecurityContext context(ContextParameters parameters) {
    return FreshContexts.unrecorded(parameters, crypto);
  }
}
