package dev.moat.conformance.flood;

import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.MessageFormatException;
import dev.moat.coap.codec.UdpCodec;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.Message;
import dev.moat.coap.service.Event;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.crypto.JdkCrypto;
import dev.moat.endpoint.stack.OscoreConfig;
import dev.moat.endpoint.stack.Stack;
import dev.moat.endpoint.stack.StackConfig;
import dev.moat.engine.Output;
import dev.moat.engine.resource.Resource;
import dev.moat.engine.resource.Router;
import dev.moat.oscore.OscoreException;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.ContextTable;
import dev.moat.oscore.context.InsecureVolatileReservations;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.filter.OscoreEvent;
import dev.moat.oscore.filter.SecuredBy;
import dev.moat.testkit.Arbitrary;
import dev.moat.testkit.InsecureSeededRandom;
import dev.moat.testkit.VirtualClock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A whole server in virtual time, its genuine peer, and whoever sends to it besides. */
final class FloodedServer {
  private static final Peer SERVER = Peer.of(Bytes.of(192, 0, 2, 2), 5683);
  private static final Peer CLIENT = Peer.of(Bytes.of(192, 0, 2, 1), 40_001);
  private static final String STATE = "locked";

  /** A hundred thousand datagrams a second, so that nothing expires meanwhile. */
  private static final long INTERVAL_NANOS = 10_000;

  private final VirtualClock clock = new VirtualClock();
  private final SecurityContext clientContext;
  private final SecurityContext context;
  private final Stack client;
  private final Stack server;
  private int served;
  private long failures;
  private long replays;
  private int warnings;

  FloodedServer(ContextParameters parameters) {
    clientContext = derive(parameters);
    context = derive(parameters.reversed());
    ContextTable table = new ContextTable();
    table.add(context);
    server =
        Stack.of(
            StackConfig.defaults().withOscore(OscoreConfig.of(table)),
            Router.of(Resource.at("/lock").get(this::serve).securedOnly()),
            new InsecureSeededRandom(1),
            this::count);
    client =
        Stack.of(
            StackConfig.defaults().withOscore(OscoreConfig.forRequestsOnly()),
            Router.of(),
            new InsecureSeededRandom(2),
            EventSink.NONE);
  }

  private static SecurityContext derive(ContextParameters parameters) {
    return SecurityContext.derive(
        parameters,
        JdkCrypto.create(),
        InsecureVolatileReservations.start(0),
        SecurityContext.Provenance.FRESH);
  }

  private Response serve(Request request) {
    served++;
    return Response.text(Code.CONTENT, STATE);
  }

  private void count(Event event) {
    if (event instanceof OscoreEvent.ReplayDetected) {
      replays++;
    } else if (event instanceof OscoreEvent.RequestRejected rejected
        && rejected.reason() == OscoreException.Reason.DECRYPTION_FAILED) {
      failures++;
    } else if (event instanceof OscoreEvent.KeyUsageNearing) {
      warnings++;
    }
  }

  /** The server's security context. */
  SecurityContext context() {
    return context;
  }

  /** Requests that reached the resource. */
  int served() {
    return served;
  }

  /** Messages that the server told not to verify. */
  long failures() {
    return failures;
  }

  /** Messages that the server told to be replays. */
  long replays() {
    return replays;
  }

  /** How often it was told that the keys are nearly worn out. */
  int warnings() {
    return warnings;
  }

  /** Has one request served and another one withheld; the flood is made of these. */
  ProtectedFlood flood(Arbitrary arbitrary) {
    Message received = requestOf(get());
    deliver(received);
    Message withheld = requestOf(get());
    return new ProtectedFlood(arbitrary, clientContext.senderId(), received, withheld);
  }

  /** One datagram of the flood; whatever the server answers goes nowhere. */
  void receive(ProtectedFlood.Datagram datagram) {
    clock.advance(Duration.ofNanos(INTERVAL_NANOS));
    server.onDatagram(datagram.from(), datagram.octets(), false, clock.nowNanos());
    Output.Transmit answer = server.pollTransmit();
    while (answer != null) {
      answer = server.pollTransmit();
    }
  }

  /** Lets time pass without traffic; the client loses its patience, the server its memories. */
  void pass(Duration duration) {
    long end = clock.nowNanos() + duration.toNanos();
    while (Math.min(client.nextTimeoutNanos(), server.nextTimeoutNanos()) <= end) {
      long next = Math.min(client.nextTimeoutNanos(), server.nextTimeoutNanos());
      clock.advanceTo(Math.max(next, clock.nowNanos()));
      client.onTimeout(clock.nowNanos());
      server.onTimeout(clock.nowNanos());
      drop(client);
      drop(server);
    }
    clock.advanceTo(end);
  }

  private static void drop(Stack stack) {
    Output.Transmit next = stack.pollTransmit();
    while (next != null) {
      next = stack.pollTransmit();
    }
  }

  /** True when a genuine request is served within one round trip. */
  boolean answers() {
    CompletionStage<Outcome> outcome = get();
    deliver(requestOf(outcome));
    Optional<Outcome> now = Optional.ofNullable(outcome.toCompletableFuture().getNow(null));
    return now.isPresent()
        && now.get() instanceof Outcome.Responded responded
        && responded.response().payload().toUtf8().equals(STATE);
  }

  private CompletionStage<Outcome> get() {
    Request request = Request.to(SERVER, Code.GET, "/lock");
    return client.request(SecuredBy.secured(request, clientContext), clock.nowNanos());
  }

  private Message requestOf(CompletionStage<Outcome> outcome) {
    Output.Transmit transmit = client.pollTransmit();
    if (transmit == null) {
      throw new AssertionError("the client sent nothing: " + outcome);
    }
    try {
      return UdpCodec.decode(transmit.datagram());
    } catch (MessageFormatException malformed) {
      throw new AssertionError(malformed);
    }
  }

  private void deliver(Message request) {
    server.onDatagram(CLIENT, UdpCodec.encode(request), false, clock.nowNanos());
    Output.Transmit answer = server.pollTransmit();
    while (answer != null) {
      client.onDatagram(SERVER, answer.datagram(), false, clock.nowNanos());
      answer = server.pollTransmit();
    }
  }
}
