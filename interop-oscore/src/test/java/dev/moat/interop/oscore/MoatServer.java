package dev.moat.interop.oscore;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Response;
import dev.moat.endpoint.CoapServer;
import dev.moat.endpoint.stack.OscoreConfig;
import dev.moat.endpoint.stack.StackConfig;
import dev.moat.engine.AmplificationPolicy;
import dev.moat.engine.resource.ObservableState;
import dev.moat.engine.resource.Resource;
import dev.moat.oscore.context.SecurityContext;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Moat as server, with {@code /door}: GET, PUT, observable, protected only. */
final class MoatServer implements AutoCloseable {
  private static final String REASON = "Californium's client does not answer Echo";

  private final List<Bytes> moved = new CopyOnWriteArrayList<>();
  private final ObservableState state = new ObservableState(Response.text(Code.CONTENT, "closed"));
  private final CoapServer server;

  private MoatServer(CoapServer.Builder builder, Resource door) throws IOException {
    server =
        builder
            .address(Tap.local(0).getAddress())
            .port(0)
            .events(EventSink.NONE)
            .resource(door.securedOnly().observable(state).put(this::put))
            .start();
  }

  /** With every default. */
  static MoatServer withDefaults(SecurityContext context) throws IOException {
    return new MoatServer(CoapServer.builder().oscore(context), Resource.at("/door"));
  }

  /**
   * For a client that does not answer Echo: the resource does without freshness, and addresses
   * remain unproven, to which notifications and long answers go nevertheless.
   */
  static MoatServer withoutEcho(SecurityContext context) throws IOException {
    return new MoatServer(
        CoapServer.builder().oscore(context).stack(MoatServer::answersTheUnproven),
        Resource.at("/door").withoutFreshness(REASON).allowUntaggedBlocks(REASON));
  }

  private static StackConfig answersTheUnproven(StackConfig stack) {
    OscoreConfig oscore = OscoreConfig.forRequestsOnly();
    return stack
        .withOscore(oscore.withServer(oscore.server().withInsecureObserveUnproven(true)))
        .withEngine(stack.engine().withAmplification(AmplificationPolicy.off()));
  }

  private Response put(dev.moat.coap.service.Request request) {
    moved.add(request.payload());
    state.set(Response.of(Code.CONTENT).withPayload(request.payload()));
    return Response.of(Code.CHANGED);
  }

  int port() {
    return server.port();
  }

  /** What was PUT, in order. */
  List<Bytes> moved() {
    return moved;
  }

  /** Changes the representation and notifies. */
  void set(Bytes next) {
    state.set(Response.of(Code.CONTENT).withPayload(next));
  }

  int observers() {
    return state.observers();
  }

  @Override
  public void close() {
    server.close();
  }
}
