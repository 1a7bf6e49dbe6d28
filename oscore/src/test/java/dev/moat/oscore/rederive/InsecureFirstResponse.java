package dev.moat.oscore.rederive;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.crypto.Crypto;
import dev.moat.oscore.OscoreException;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.option.OscoreOption;
import dev.moat.oscore.protect.Protector;
import dev.moat.oscore.protect.ResponseForm;
import dev.moat.oscore.protect.Unprotected;
import dev.moat.oscore.rekey.FreshContexts;
import dev.moat.oscore.rekey.Messages;
import java.util.Optional;

/** What a server with a mind of its own answers to request #1. */
final class InsecureFirstResponse {
  private InsecureFirstResponse() {}

  static Response of(Crypto crypto, Request one, Bytes id1, Bytes r2, Response inner)
      throws OscoreException {
    OscoreOption sent = OscoreOption.decode(Messages.option(one));
    OscoreOption option = new OscoreOption(sent.partialIv(), sent.kid(), Optional.of(id1));
    try (Protector protector = new Protector(crypto)) {
      Unprotected.Fresh fresh =
          (Unprotected.Fresh) protector.unprotectRequest(context(crypto, id1), one, option);
      return protector.protectResponse(
          fresh.binding().in(context(crypto, r2.plus(id1))),
          inner,
          ResponseForm.OWN_PARTIAL_IV.withKidContext(KidContexts.wrap(r2)));
    }
  }

  private static SecurityContext context(Crypto crypto, Bytes idContext) {
    ContextParameters parameters = Server.parameters().toBuilder().idContext(idContext).build();
    return FreshContexts.unrecorded(parameters, crypto);
  }
}
