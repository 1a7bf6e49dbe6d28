package dev.moat.examples;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.endpoint.CoapClient;
import dev.moat.endpoint.CoapServer;
import dev.moat.engine.resource.Resource;
import java.time.Duration;

/**
 * An actuator, and a client that acts on what it knows and asks when it does not know.
 *
 * <p>The lock demands freshness, confirmable requests and Request-Tag without being told to: it has
 * an unsafe method. It would also demand security; this example runs without, so it says so.
 */
public final class DoorLock {
  private volatile String state = "open";

  private DoorLock() {}

  /** Locks a door and prints what the client knows afterwards. */
  public static void main(String[] args) {
    DoorLock door = new DoorLock();
    Resource lock =
        Resource.at("/lock").get(door::read).put(door::move).freshFor(Duration.ofSeconds(5));
    try (CoapServer server =
            CoapServer.builder().port(0).resource(lock).allowUnsecuredActuators().start();
        CoapClient client = CoapClient.create()) {
      String uri = "coap://localhost:" + server.port() + "/lock";
      Outcome outcome = client.put(uri, Bytes.utf8("locked"), 0);
      System.out.println("the door is " + whatIsKnown(client, outcome));
    }
  }

  private Response read(Request request) {
    return Response.text(Code.CONTENT, state);
  }

  private Response move(Request request) {
    state = request.payload().toUtf8();
    return Response.of(Code.CHANGED);
  }

  /** Three cases, because there are three: done, provably not done, and not known. */
  private static String whatIsKnown(CoapClient client, Outcome outcome) {
    return outcome.fold(
        responded -> responded.response().code().isSuccess() ? "locked" : "as it was",
        notDelivered -> "as it was",
        unknown -> readBack(client, unknown));
  }

  /**
   * Nobody answered: the door may have moved. Only the door can say, in answer to a new question.
   */
  private static String readBack(CoapClient client, Outcome.Unknown unknown) {
    Outcome now = client.reconcile(unknown).readBack().toCompletableFuture().join();
    return now.fold(
        responded -> responded.response().payload().toUtf8(),
        notDelivered -> "in a state that nobody here knows",
        stillUnknown -> "in a state that nobody here knows");
  }
}
