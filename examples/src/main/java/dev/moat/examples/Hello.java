package dev.moat.examples;

import dev.moat.coap.message.Code;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Response;
import dev.moat.endpoint.CoapClient;
import dev.moat.endpoint.CoapServer;
import dev.moat.engine.resource.Resource;

/** A server with one resource and a client that asks for it. */
public final class Hello {
  private Hello() {}

  /** Prints what the server said. */
  public static void main(String[] args) {
    Resource hello = Resource.at("/hello").get(request -> Response.text(Code.CONTENT, "Hello"));
    try (CoapServer server = CoapServer.builder().port(0).resource(hello).start();
        CoapClient client = CoapClient.create()) {
      Outcome outcome = client.get("coap://localhost:" + server.port() + "/hello");
      String said =
          outcome.fold(
              responded -> responded.response().payload().toUtf8(),
              notDelivered -> "the server never saw it: " + notDelivered.cause(),
              unknown -> "the server may have seen it: " + unknown.doubt());
      System.out.println(said);
    }
  }
}
