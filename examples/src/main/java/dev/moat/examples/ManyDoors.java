package dev.moat.examples;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.ContentFormat;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.PeerIdentity;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.endpoint.CoapClient;
import dev.moat.endpoint.CoapServer;
import dev.moat.endpoint.Listener;
import dev.moat.endpoint.credentials.Credentials;
import dev.moat.endpoint.credentials.PreSharedKey;
import dev.moat.engine.resource.Resource;
import java.security.SecureRandom;

/**
 * One lock behind several transports, and one client that takes each by nothing but the URI. The
 * lock moves for who comes over DTLS with the key, and for nobody else.
 */
public final class ManyDoors {
  private ManyDoors() {}

  /** Tries to unlock the door over each transport and prints what happened. */
  public static void main(String[] arguments) {
    try (SecretBytes secret = SecretBytes.random(16, new SecureRandom()::nextBytes)) {
      PreSharedKey key = new PreSharedKey("phone", secret);
      CoapServer.Builder door =
          CoapServer.builder()
              .listen("coap://127.0.0.1:0")
              .listen("coap+tcp://127.0.0.1:0")
              .listen("coaps://127.0.0.1:0")
              .credentials(Credentials.builder().accept(key).build())
              .resource(Resource.at("/lock").put(ManyDoors::move));
      Credentials phone = Credentials.builder().preSharedKey(key).build();
      try (CoapServer server = door.start();
          CoapClient client = CoapClient.builder().credentials(phone).build()) {
        for (Listener listener : server.listeners()) {
          Bytes command = Bytes.utf8("unlocked");
          Outcome outcome = client.put(listener + "/lock", command, ContentFormat.TEXT_PLAIN);
          System.out.println(listener.scheme() + ": " + words(outcome));
        }
      }
    }
  }

  /** Comes to pass only for who may: the resource has an unsafe method, so it demands security. */
  private static Response move(Request request) {
    String who = request.context().find(PeerIdentity.KEY).map(PeerIdentity::words).orElse("?");
    return Response.text(Code.CHANGED, request.payload().toUtf8() + " for " + who);
  }

  private static String words(Outcome outcome) {
    return outcome.fold(
        responded -> responded.response().code() + " " + said(responded.response()),
        undelivered -> undelivered.reason().orElse(undelivered.cause().toString()),
        unknown -> "nobody knows: " + unknown.doubt());
  }

  private static String said(Response response) {
    return response.code().equals(Code.CHANGED) ? response.payload().toUtf8() : "refused";
  }
}
