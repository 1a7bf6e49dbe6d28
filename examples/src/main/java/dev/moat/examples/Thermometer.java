package dev.moat.examples;

import dev.moat.coap.message.Code;
import dev.moat.coap.service.Notifications;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Response;
import dev.moat.endpoint.CoapClient;
import dev.moat.endpoint.CoapServer;
import dev.moat.engine.resource.ObservableState;
import dev.moat.engine.resource.Resource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A value that changes, and a client that observes it (RFC 7641). */
public final class Thermometer {
  private Thermometer() {}

  /**
   * Prints the temperatures that the client was told.
   *
   * @throws InterruptedException when interrupted while waiting
   */
  public static void main(String[] args) throws InterruptedException {
    ObservableState temperature = new ObservableState(degrees(20));
    Resource oven = Resource.at("/oven/temperature").observable(temperature);
    CountDownLatch told = new CountDownLatch(1);
    try (CoapServer server = CoapServer.builder().port(0).resource(oven).start();
        CoapClient client = CoapClient.create()) {
      Outcome first =
          client.observe(
              "coap://localhost:" + server.port() + "/oven/temperature", new Printer(told));
      System.out.println("first: " + first.fold(r -> text(r.response()), n -> "-", u -> "?"));
      temperature.set(degrees(225));
      if (!told.await(5, TimeUnit.SECONDS)) {
        System.out.println("no notification came");
      }
    }
  }

  private static Response degrees(int celsius) {
    return Response.text(Code.CONTENT, celsius + " degrees Celsius");
  }

  private static String text(Response response) {
    return response.payload().toUtf8();
  }

  /** Prints each notification; runs on the client's event loop, so it must not block. */
  private record Printer(CountDownLatch told) implements Notifications.Listener {
    @Override
    public void onNotification(Response notification) {
      System.out.println("then: " + text(notification));
      told.countDown();
    }

    @Override
    public void onEnd(Notifications.End reason) {
      System.out.println("ended: " + reason);
    }
  }
}
