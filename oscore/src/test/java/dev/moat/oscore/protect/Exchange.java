package dev.moat.oscore.protect;

import static dev.moat.oscore.Fixture.CRYPTO;
import static dev.moat.oscore.Fixture.PEER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.coap.message.Code;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.oscore.Fixture;
import dev.moat.oscore.OscoreException;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.SecurityContext;

/** A client and a server with one context in common, and a protector each. */
final class Exchange {
  final Protector clientSide = new Protector(CRYPTO);
  final Protector serverSide = new Protector(CRYPTO);
  final SecurityContext client;
  final SecurityContext server;

  Exchange() {
    this(Fixture.client().build());
  }

  Exchange(ContextParameters parameters) {
    this(parameters, Fixture.fresh(parameters.reversed()));
  }

  Exchange(ContextParameters parameters, SecurityContext server) {
    this.client = Fixture.fresh(parameters);
    this.server = server;
  }

  static Request get() {
    return Request.to(PEER, Code.GET, "lock/state");
  }

  ProtectedRequest send(Request inner) throws OscoreException {
    return clientSide.protectRequest(client, inner);
  }

  Unprotected receive(Request outer) throws OscoreException {
    return serverSide.unprotectRequest(server, outer);
  }

  Unprotected.Fresh receiveFresh(Request outer) throws OscoreException {
    Unprotected received = receive(outer);
    assertThat(received).isInstanceOf(Unprotected.Fresh.class);
    return (Unprotected.Fresh) received;
  }

  Response answer(RequestBinding binding, Response inner, ResponseForm form)
      throws OscoreException {
    return serverSide.protectResponse(binding, inner, form);
  }

  VerifiedResponse verify(RequestBinding binding, Response outer) throws OscoreException {
    return clientSide.unprotectResponse(binding, outer);
  }
}
