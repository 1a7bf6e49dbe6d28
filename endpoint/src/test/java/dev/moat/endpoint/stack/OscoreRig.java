package dev.moat.endpoint.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Notifications;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.crypto.JdkCrypto;
import dev.moat.endpoint.stack.VirtualWire.Packet;
import dev.moat.engine.resource.ObservableState;
import dev.moat.engine.resource.Resource;
import dev.moat.engine.resource.Router;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.ContextTable;
import dev.moat.oscore.context.InsecureVolatileReservations;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.filter.SecuredBy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A client and a server that share a context, on a virtual wire. */
final class OscoreRig {
  static final String SECRET = "the lock's own words";

  final VirtualWire wire = new VirtualWire();
  final ObservableState state = new ObservableState(Response.text(Code.CONTENT, SECRET));
  final List<String> moved = new ArrayList<>();
  final SecurityContext clientContext;
  final SecurityContext serverContext;
  final Stack client;
  final Stack server;

  OscoreRig() {
    this(StackConfig.defaults());
  }

  OscoreRig(StackConfig clientConfig) {
    this(clientConfig, StackConfig.defaults());
  }

  OscoreRig(StackConfig clientConfig, StackConfig serverConfig) {
    ContextParameters parameters = parameters(7);
    clientContext = derive(parameters, 0);
    serverContext = derive(parameters.reversed(), 0);
    ContextTable table = new ContextTable();
    table.add(serverContext);
    server =
        wire.stack(VirtualWire.SERVER, serverConfig.withOscore(OscoreConfig.of(table)), router());
    client =
        wire.stack(
            VirtualWire.CLIENT,
            clientConfig.withOscore(OscoreConfig.forRequestsOnly()),
            Router.of());
  }

  /** The server begins anew with what survives: keys and sequence numbers, and no window. */
  void restartServer() {
    ContextTable table = new ContextTable();
    table.add(
        SecurityContext.derive(
            parameters(7).reversed(),
            JdkCrypto.create(),
            InsecureVolatileReservations.start(100),
            SecurityContext.Provenance.RESTORED));
    var unused =
        wire.stack(
            VirtualWire.SERVER,
            StackConfig.defaults().withOscore(OscoreConfig.of(table)),
            router());
  }

  private Router router() {
    return Router.of(
        Resource.at("/lock")
            .get(request -> Response.text(Code.CONTENT, SECRET))
            .put(this::move)
            .post(this::move),
        Resource.at("/state").observable(state).securedOnly(),
        Resource.at("/large")
            .get(request -> Response.of(Code.CONTENT).withPayload(large()))
            .put(
                request ->
                    Response.text(Code.CHANGED, "got " + request.payload().length() + SECRET)));
  }

  static Bytes large() {
    byte[] octets = new byte[4096];
    for (int i = 0; i < octets.length; i++) {
      octets[i] = (byte) (i * 31);
    }
    return Bytes.owned(octets);
  }

  static ContextParameters parameters(int secret) {
    return ContextParameters.builder(
            SecretBytes.copyOf(new byte[] {1, 2, 3, (byte) secret}), Bytes.of(1), Bytes.of(2))
        .build();
  }

  static SecurityContext derive(ContextParameters parameters, long firstNumber) {
    return SecurityContext.derive(
        parameters,
        JdkCrypto.create(),
        InsecureVolatileReservations.start(firstNumber),
        SecurityContext.Provenance.FRESH);
  }

  private Response move(Request request) {
    moved.add(request.payload().toUtf8());
    return Response.of(Code.CHANGED);
  }

  Request to(Code method, String path) {
    return to(VirtualWire.SERVER, method, path);
  }

  Request to(Peer peer, Code method, String path) {
    return SecuredBy.secured(Request.to(peer, method, path), clientContext);
  }

  Outcome outcome(Request request) {
    return now(wire.request(client, request));
  }

  static Outcome now(CompletionStage<Outcome> stage) {
    CompletableFuture<Outcome> future = stage.toCompletableFuture();
    assertThat(future).isCompleted();
    return future.join();
  }

  Response response(Request request) {
    return responseOf(outcome(request));
  }

  static Response responseOf(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Responded.class);
    return ((Outcome.Responded) outcome).response();
  }

  /** Observes; what comes later is added to {@code heard}. */
  Notifications observe(List<String> heard) {
    return observe(to(Code.GET, "/state").with(Option.uint(OptionNumber.OBSERVE, 0)), heard);
  }

  /** As {@link #observe(List)}, by a request of the caller's. */
  Notifications observe(Request registration, List<String> heard) {
    Outcome outcome = outcome(registration);
    Reply reply = ((Outcome.Responded) outcome).reply();
    assertThat(reply).isInstanceOf(Reply.Observed.class);
    heard.add(reply.first().payload().toUtf8());
    Notifications notifications = ((Reply.Observed) reply).notifications();
    notifications.subscribe(
        new Notifications.Listener() {
          @Override
          public void onNotification(Response notification) {
            heard.add(notification.payload().toUtf8());
          }

          @Override
          public void onEnd(Notifications.End reason) {
            heard.add(reason.name());
          }
        });
    return notifications;
  }

  void set(String text) {
    state.set(Response.text(Code.CONTENT, text));
    wire.settle();
  }

  /**
   * Empty messages aside, all of the wire was protected, but for answers that refuse or challenge.
   */
  void assertNothingInClear() {
    for (Packet packet : wire.sent) {
      var message = packet.message();
      if (!message.isEmpty() && !message.code().equals(Code.UNAUTHORIZED)) {
        assertThat(message.options().has(OptionNumber.OSCORE)).as("%s", message).isTrue();
        assertThat(message.options().has(OptionNumber.URI_PATH)).as("%s", message).isFalse();
      }
      assertThat(packet.datagram().toHex()).doesNotContain(Bytes.utf8(SECRET).toHex());
    }
    assertEveryRequestIsProtected();
  }

  void assertEveryRequestIsProtected() {
    assertThat(wire.sent)
        .filteredOn(packet -> packet.message().code().isRequest())
        .allMatch(packet -> packet.message().options().has(OptionNumber.OSCORE));
  }
}
