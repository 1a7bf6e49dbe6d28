package dev.moat.cost.measure;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Response;
import dev.moat.cost.exchange.EdhocShape;
import dev.moat.cost.exchange.EdhocShape.Begins;
import dev.moat.cost.exchange.EdhocShape.Flow;
import dev.moat.cost.exchange.EdhocShape.PathForm;
import dev.moat.edhoc.coap.ContextRules;
import dev.moat.edhoc.coap.EdhocMessages;
import dev.moat.edhoc.coap.RecipientIds;
import dev.moat.edhoc.coap.client.EdhocClientConfig;
import dev.moat.edhoc.coap.halfopen.GuardPolicy;
import dev.moat.edhoc.coap.server.EdhocServerConfig;
import dev.moat.edhoc.run.EdhocSettings;
import dev.moat.edhoc.suite.Method;
import dev.moat.endpoint.CoapClient;
import dev.moat.endpoint.CoapServer;
import dev.moat.endpoint.Edhoc;
import dev.moat.endpoint.stack.StackConfig;
import dev.moat.engine.AmplificationPolicy;
import dev.moat.engine.ShortTokens;
import dev.moat.engine.resource.Resource;
import dev.moat.oscore.context.ContextTable;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.rekey.ContextOnDemand;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A server with an EDHOC resource and a resource behind OSCORE, a recorder before it, and clients.
 *
 * <p>Who is what follows from the shape. Where the device begins it is the CoAP client and the
 * initiator. Where the network begins and the flow is sequential it is the reverse flow: the device
 * is the CoAP client and asks with an empty request, the network answers with message_1 (RFC 9528,
 * Appendix A.2.2). A combined request exists in the forward flow only (RFC 9668, Section 2): where
 * the network begins one, it is the CoAP client itself, and the device the CoAP server.
 */
final class EdhocRig implements AutoCloseable {
  /** What the first protected request asks for; three letters, as the example of RFC 9668. */
  static final String RESOURCE = "/lux";

  /** What it says. */
  static final Bytes CONTENT = Bytes.utf8("120");

  private static final String SHORT_PATH = "/edhoc";

  /**
   * A shape that is combined stays so with certificates by value, too; by default clients send a
   * message_3 of more than 256 octets by itself.
   */
  private static final int MAX_COMBINED_OCTETS = 1024;

  private static final String STEP = "handshake and first request";

  private final EdhocShape shape;
  private final ContextRules rules;
  private final EdhocSettings initiator;
  private final EdhocSettings responder;
  private final RecipientIds serverIds = new RecipientIds(new ContextTable());
  private final List<RecipientIds> clientIds = new CopyOnWriteArrayList<>();
  private final CoapServer server;
  private final DatagramRecorder recorder;

  /**
   * Begins to serve.
   *
   * @param options what the stack is told besides the shape
   */
  EdhocRig(EdhocShape shape, Options options, Sides.Both both) {
    this.shape = shape;
    this.rules = ContextRules.inMemory(both.initiator().primitives().symmetric());
    this.initiator = both.initiator();
    this.responder = both.responder();
    this.server = serve(options);
    this.recorder = new DatagramRecorder(server.address());
  }

  /** True when the CoAP client is the device. */
  static boolean clientIsDevice(EdhocShape shape) {
    return shape.begins() == Begins.DEVICE || isReverse(shape);
  }

  private static boolean isReverse(EdhocShape shape) {
    return shape.begins() == Begins.NETWORK && shape.flow() == Flow.SEQUENTIAL;
  }

  /** What has to go by in an exchange of this shape, in this order. */
  static List<String> messageNames(EdhocShape shape) {
    if (isReverse(shape)) {
      return List.of(
          ExchangeReader.TRIGGER,
          "message_1",
          "message_2",
          "message_3",
          ExchangeReader.REQUEST,
          ExchangeReader.RESPONSE);
    }
    return shape.flow() == Flow.COMBINED
        ? List.of("message_1", "message_2", ExchangeReader.COMBINED, ExchangeReader.RESPONSE)
        : List.of(
            "message_1",
            "message_2",
            "message_3",
            ExchangeReader.RESPONSE_TO_MESSAGE_3,
            ExchangeReader.REQUEST,
            ExchangeReader.RESPONSE);
  }

  private String path() {
    return shape.path() == PathForm.SHORT ? SHORT_PATH : EdhocMessages.DEFAULT_PATH;
  }

  private CoapServer serve(Options options) {
    EdhocServerConfig.Builder config =
        isReverse(shape)
            ? EdhocServerConfig.builder(initiator, rules).reverseOnly(initiatorsMethod())
            : EdhocServerConfig.builder(responder, rules);
    config
        .paths(path())
        .contextsPerPeer(options.handshakes)
        .guard(GuardPolicy.defaults().withLoad(Integer.MAX_VALUE, Integer.MAX_VALUE));
    if (shape.path() == PathForm.SHORT) {
      config.withoutContentFormat();
    }
    return Ends.server()
        .stack(stack -> options.provesAddresses ? stack : withoutProofs(stack))
        .ids(serverIds)
        .edhoc(config.build())
        .securedOnly()
        .resource(
            Resource.at(RESOURCE).get(request -> Response.of(Code.CONTENT).withPayload(CONTENT)))
        .start();
  }

  private Method initiatorsMethod() {
    return initiator.methods().iterator().next();
  }

  private static StackConfig withoutProofs(StackConfig stack) {
    return stack.withEngine(stack.engine().withAmplification(AmplificationPolicy.off()));
  }

  /** A client, to be closed by the caller. */
  CoapClient client() {
    return Ends.client()
        .stack(stack -> shape.path() == PathForm.SHORT ? stack.withTokens(ShortTokens::new) : stack)
        .build();
  }

  /** A way to the server for one handshake. */
  RecordedPath way() {
    return recorder.path();
  }

  /**
   * A handshake with the server, and a request under what it gave; waits for the end.
   *
   * @throws MeasurementFailure when it fails
   */
  void run(CoapClient client, RecordedPath way) {
    finish(begin(client, way));
  }

  /** As {@link #run}, without waiting for more than has to be awaited: {@link #finish} does. */
  CompletionStage<Outcome> begin(CoapClient client, RecordedPath way) {
    RecipientIds ids = new RecipientIds(new ContextTable());
    clientIds.add(ids);
    ContextOnDemand context = Edhoc.client(clientConfig(ids), event -> {});
    return client.sendAsync(Ends.request(Code.GET, way, RESOURCE).securedBy(context));
  }

  /** Waits for the end of what {@link #begin} began. */
  void finish(CompletionStage<Outcome> begun) {
    Awaited.response(shape.id(), STEP, begun, CONTENT);
  }

  private EdhocClientConfig clientConfig(RecipientIds ids) {
    EdhocClientConfig.Builder config =
        isReverse(shape)
            ? EdhocClientConfig.reverse(responder, rules)
            : EdhocClientConfig.forward(initiator, rules, initiatorsMethod());
    if (shape.flow() == Flow.COMBINED) {
      config.combined().maxCombinedMessage3Octets(MAX_COMBINED_OCTETS);
    }
    if (shape.path() == PathForm.SHORT) {
      config.withoutContentFormat();
    }
    return config.path(path()).ids(ids).impatient().build();
  }

  @Override
  public void close() {
    try (server;
        recorder) {
      clientIds.forEach(EdhocRig::erase);
    } finally {
      erase(serverIds);
    }
  }

  private static void erase(RecipientIds ids) {
    ids.contexts().all().forEach(SecurityContext::close);
  }

  /**
   * What is not a matter of the shape.
   *
   * @param handshakes how many at a time have the same identity
   * @param provesAddresses false for a network in which nobody can claim another's address: then no
   *     answer waits until the client has returned an Echo (RFC 9175, Section 2.4)
   */
  record Options(int handshakes, boolean provesAddresses) {}
}
