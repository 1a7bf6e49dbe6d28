package dev.moat.benchmarks;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Response;
import dev.moat.crypto.Crypto;
import dev.moat.crypto.JdkCrypto;
import dev.moat.endpoint.CoapClient;
import dev.moat.endpoint.CoapServer;
import dev.moat.engine.resource.Resource;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.InsecureVolatileReservations;
import dev.moat.oscore.context.SecurityContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Times confirmable GETs of a 16-octet text over loopback, one after the other, plain and under
 * OSCORE against one server in this process.
 *
 * <p>{@code OscoreRoundTrips [ROUNDS [REQUESTS]]}, 9 rounds of 10,000 by default, alternating,
 * after a warm-up of two rounds each. Every round has a client of its own.
 */
public final class OscoreRoundTrips {
  private static final Crypto CRYPTO = JdkCrypto.create();
  private static final int WARM_UP = 2;

  private final CoapServer server;
  private final SecurityContext client;
  private final int requests;

  private OscoreRoundTrips(CoapServer server, SecurityContext client, int requests) {
    this.server = server;
    this.client = client;
    this.requests = requests;
  }

  /** Measures and prints the medians and their ratio. */
  public static void main(String[] args) {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 9;
    int requests = args.length > 1 ? Integer.parseInt(args[1]) : 10_000;
    Resource text =
        Resource.at("/text").get(request -> Response.text(Code.CONTENT, "sixteen octets!!"));
    try (SecretBytes secret = SecretBytes.copyOf(new byte[16]);
        ContextParameters own =
            ContextParameters.builder(secret, Bytes.of(2), Bytes.of(1)).build();
        ContextParameters peer = own.reversed();
        SecurityContext clients = derive(own);
        SecurityContext servers = derive(peer);
        CoapServer server = CoapServer.builder().port(0).resource(text).oscore(servers).start()) {
      new OscoreRoundTrips(server, clients, requests).compare(rounds);
    }
  }

  private static SecurityContext derive(ContextParameters parameters) {
    return SecurityContext.derive(
        parameters,
        CRYPTO,
        InsecureVolatileReservations.start(0),
        SecurityContext.Provenance.FRESH);
  }

  private void compare(int rounds) {
    for (int i = 0; i < WARM_UP; i++) {
      double plain = microsPerRequest(false);
      double secured = microsPerRequest(true);
      System.out.printf(Locale.ROOT, "warm-up: %.1f and %.1f us%n", plain, secured);
    }
    List<Double> plain = new ArrayList<>();
    List<Double> secured = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      plain.add(microsPerRequest(false));
      secured.add(microsPerRequest(true));
    }
    System.out.printf(
        Locale.ROOT,
        "medians of %d rounds of %,d: plain %.1f us, OSCORE %.1f us; OSCORE is at %.0f %% of plain%n",
        rounds,
        requests,
        median(plain),
        median(secured),
        100 * median(plain) / median(secured));
  }

  private double microsPerRequest(boolean secured) {
    String uri = "coap://127.0.0.1:" + server.port() + "/text";
    CoapClient.Builder builder = CoapClient.builder();
    try (CoapClient sender = (secured ? builder.oscore(client) : builder).build()) {
      long started = System.nanoTime();
      for (int i = 0; i < requests; i++) {
        requireContent(sender.get(uri));
      }
      return (System.nanoTime() - started) / 1e3 / requests;
    }
  }

  private static void requireContent(Outcome outcome) {
    boolean content =
        outcome.fold(
            responded -> responded.response().code() == Code.CONTENT, n -> false, u -> false);
    if (!content) {
      throw new IllegalStateException("no 2.05: " + outcome);
    }
  }

  private static double median(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }
}
