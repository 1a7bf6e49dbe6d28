package dev.moat.benchmarks;

import dev.moat.coap.message.Code;
import dev.moat.coap.service.Response;
import dev.moat.endpoint.CoapServer;
import dev.moat.engine.resource.Resource;

/** Moat with its defaults. */
final class MoatUnderTest implements AutoCloseable {
  private final CoapServer server;

  MoatUnderTest(int port) {
    server =
        CoapServer.builder()
            .port(port)
            .resource(
                Resource.at("/hello").get(request -> Response.text(Code.CONTENT, "hello world")))
            .start();
  }

  @Override
  public void close() {
    server.close();
  }
}
