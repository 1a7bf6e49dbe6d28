package dev.moat.conformance.interop;

import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Notifications;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.coap.service.Service;
import dev.moat.endpoint.ClientRequest;
import dev.moat.endpoint.CoapClient;
import dev.moat.endpoint.CoapServer;
import dev.moat.endpoint.stack.StackConfig;
import dev.moat.engine.AmplificationPolicy;
import dev.moat.engine.resource.ObservableState;
import dev.moat.engine.resource.Resource;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.UnaryOperator;

/**
 * Moat itself, with its defaults; only the resources say that peers without Echo may write to them.
 */
public final class Moat {
  private static final String REASON = "peers of these tests know neither Echo nor Request-Tag";

  private Moat() {}

  /** Moat as server. */
  public static final class Server implements InteropServer {
    private final CoapServer server;

    /**
     * Serves a store whose resources move nothing, and answers at length also where nobody has
     * shown that he is there: most peers cannot show it.
     */
    Server(Store store) {
      this(store, Server::onLoopback);
    }

    /** The same, where {@code place} has the builder listen. */
    public Server(Store store, UnaryOperator<CoapServer.Builder> place) {
      this(
          store,
          place,
          resource -> resource.notAnActuator(REASON),
          stack -> stack.withEngine(stack.engine().withAmplification(AmplificationPolicy.off())));
    }

    /** Serves a store whose resources are actuators, as resources with unsafe methods are. */
    static Server ofActuators(Store store, boolean unsecuredAllowed) {
      return new Server(
          store,
          Server::onLoopback,
          UnaryOperator.identity(),
          stack -> stack.withUnsecuredActuators(unsecuredAllowed));
    }

    private static CoapServer.Builder onLoopback(CoapServer.Builder builder) {
      return builder.address(InetAddress.getLoopbackAddress()).port(0);
    }

    private Server(
        Store store,
        UnaryOperator<CoapServer.Builder> place,
        UnaryOperator<Resource> stance,
        UnaryOperator<StackConfig> stack) {
      CoapServer.Builder builder = place.apply(CoapServer.builder()).stack(stack);
      Service<Request, Reply> adapter = adapter(store);
      builder.resource(Resource.at(Store.ROOT).on(Code.GET, adapter));
      builder.resource(Resource.at(Store.ASYNC).on(Code.GET, adapter));
      for (String path : Store.WRITABLE) {
        Resource resource = Resource.at(path).on(Code.GET, adapter);
        if (path.equals(Store.STATE)) {
          resource = resource.observable(observed(store));
        }
        resource = resource.on(Code.PUT, adapter).on(Code.POST, adapter).on(Code.DELETE, adapter);
        builder.resource(stance.apply(resource));
      }
      server = builder.start();
    }

    private static Service<Request, Reply> adapter(Store store) {
      return request ->
          store
              .handle(request.method(), request.path(), request.payload())
              .thenApply(answer -> Reply.of(response(answer)));
    }

    private static ObservableState observed(Store store) {
      ObservableState state = new ObservableState(response(Answer.of(Code.CONTENT)));
      store.onChange(
          path -> {
            if (path.equals(Store.STATE)) {
              state.set(response(Answer.content(store.stored(path).orElseThrow())));
            }
          });
      return state;
    }

    private static Response response(Answer answer) {
      return Response.of(answer.code()).withPayload(answer.body());
    }

    @Override
    public int port() {
      return server.port();
    }

    @Override
    public void close() {
      server.close();
    }
  }

  /** Moat as client. */
  public static final class Client implements InteropClient {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final CoapClient client;
    private final String base;

    Client(int port) {
      this(CoapClient.create(), "coap://127.0.0.1:" + port);
    }

    /** Sends by {@code client}, to resources whose URIs begin with {@code base}. */
    public Client(CoapClient client, String base) {
      this.client = client;
      this.base = base;
    }

    @Override
    public Answer call(Call call) {
      ClientRequest request =
          ClientRequest.of(call.method(), base + call.target()).timeout(PATIENCE);
      if (!call.body().isEmpty()) {
        request = request.payload(call.body());
      }
      if (!call.confirmable()) {
        request = request.nonConfirmable();
      }
      if (call.unknownCritical()) {
        request = request.with(Option.uint(Call.UNKNOWN_CRITICAL_OPTION, 1));
      }
      Response response = replyOf(client.send(request)).first();
      return new Answer(response.code(), response.payload());
    }

    private static Reply replyOf(Outcome outcome) {
      return outcome.fold(
          Outcome.Responded::reply,
          notDelivered -> {
            throw new NoAnswer(
                "not delivered: " + notDelivered.reason().orElse(notDelivered.cause().toString()));
          },
          unknown -> {
            throw new NoAnswer("unknown: " + unknown.doubt());
          });
    }

    @Override
    public Watch observe(String path) {
      BlockingQueue<String> arrived = new LinkedBlockingQueue<>();
      ClientRequest request =
          ClientRequest.of(Code.GET, base + path).with(Option.uint(OptionNumber.OBSERVE, 0));
      Reply reply = replyOf(client.send(request));
      arrived.add(text(reply.first()));
      if (!(reply instanceof Reply.Observed observed)) {
        throw new AssertionError("the server took no observation: " + reply);
      }
      observed.notifications().subscribe(new Queueing(arrived));
      return new QueuedWatch(arrived, () -> observed.notifications().cancel());
    }

    private static String text(Response response) {
      return response.payload().toUtf8();
    }

    @Override
    public void close() {
      client.close();
    }

    private record Queueing(BlockingQueue<String> arrived) implements Notifications.Listener {
      @Override
      public void onNotification(Response notification) {
        arrived.add(text(notification));
      }

      @Override
      public void onEnd(Notifications.End reason) {
        if (reason != Notifications.End.CANCELLED) {
          arrived.add("ended: " + reason);
        }
      }
    }
  }
}
