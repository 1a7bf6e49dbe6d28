package dev.moat.examples;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Response;
import dev.moat.endpoint.CoapClient;
import dev.moat.endpoint.CoapServer;
import dev.moat.engine.resource.Resource;

/**
 * A body of 64 KiB: 64 blocks on the wire under one Request-Tag, one whole body for the handler
 * (RFC 7959, 9175).
 */
public final class Firmware {
  private static final int OCTET_STREAM = 42;

  private Firmware() {}

  /** Uploads an image and prints what the server made of it. */
  public static void main(String[] args) {
    Resource image =
        Resource.at("/firmware")
            .put(
                request ->
                    Response.text(
                        Code.CHANGED, "received " + request.payload().length() + " octets"));
    try (CoapServer server =
            CoapServer.builder().port(0).resource(image).allowUnsecuredActuators().start();
        CoapClient client = CoapClient.create()) {
      Bytes body = Bytes.owned(new byte[64 * 1024]);
      Outcome outcome =
          client.put("coap://localhost:" + server.port() + "/firmware", body, OCTET_STREAM);
      String said =
          outcome.fold(
              r -> r.response().code() + " " + r.response().payload().toUtf8(),
              n -> "not delivered: " + n.cause(),
              u -> "unknown: " + u.doubt());
      System.out.println(said);
    }
  }
}
