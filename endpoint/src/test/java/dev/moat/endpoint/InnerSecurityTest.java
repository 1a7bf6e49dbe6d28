package dev.moat.endpoint;

import static dev.moat.endpoint.Loopback.response;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.ContentFormat;
import dev.moat.coap.service.Arrival;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.coap.uri.Scheme;
import dev.moat.crypto.JdkCrypto;
import dev.moat.edhoc.coap.RecipientIds;
import dev.moat.edhoc.coap.client.EdhocClientConfig;
import dev.moat.edhoc.coap.server.EdhocServerConfig;
import dev.moat.edhoc.suite.Method;
import dev.moat.engine.resource.ObservableState;
import dev.moat.engine.resource.Resource;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.ContextTable;
import dev.moat.oscore.context.InsecureVolatileReservations;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.rekey.ContextOnDemand;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** OSCORE and EDHOC over every transport: they do not depend on what carries them. */
@Timeout(60)
class InnerSecurityTest {
  private final RecipientIds ids = new RecipientIds(new ContextTable());
  private final ObservableState state = new ObservableState(AllSchemes.text("closed"));

  @ParameterizedTest
  @MethodSource("dev.moat.endpoint.AllSchemes#all")
  void protectsByOscore(Scheme scheme) throws InterruptedException {
    ContextParameters parameters =
        ContextParameters.builder(
                SecretBytes.copyOf(new byte[] {1, 2, 3}), Bytes.of(1), Bytes.of(2))
            .build();
    BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    try (SecurityContext own = derived(parameters);
        SecurityContext servers = derived(parameters.reversed());
        CoapServer server = server(scheme).oscore(servers).start();
        CoapClient client = client(own);
        CoapClient stranger = AllSchemes.client(AllSchemes.TLS.client())) {
      turns(client, server, scheme);
      assertThat(
              response(client.observe(uri(server, scheme, "/state"), AllSchemes.collecting(seen)))
                  .payload()
                  .toUtf8())
          .isEqualTo("closed");
      state.set(AllSchemes.text("open"));
      assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo("open");
      moves64KibBothWays(client, uri(server, scheme, "/echo"));
      assertThat(response(stranger.get(uri(server, scheme, "/inner"))).code())
          .isEqualTo(scheme.isSecured() ? Code.FORBIDDEN : Code.UNAUTHORIZED);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.moat.endpoint.AllSchemes#all")
  void agreesByEdhoc(Scheme scheme) {
    agrees(
        scheme,
        EdhocClientConfig.forward(
            EdhocFixture.client().build(), EdhocFixture.rules(), Method.DH_DH));
  }

  @ParameterizedTest
  @MethodSource("dev.moat.endpoint.AllSchemes#all")
  void agreesByEdhocCombined(Scheme scheme) {
    agrees(
        scheme,
        EdhocClientConfig.forward(EdhocFixture.client().build(), EdhocFixture.rules(), Method.DH_DH)
            .combined());
  }

  @ParameterizedTest
  @MethodSource("dev.moat.endpoint.AllSchemes#connected")
  void keepsTheContextWhenTheConnectionEnds(Scheme scheme) {
    EdhocClientConfig config =
        EdhocClientConfig.forward(EdhocFixture.client().build(), EdhocFixture.rules(), Method.DH_DH)
            .build();
    ContextOnDemand context = Edhoc.client(config, EventSink.NONE);
    try (CoapServer server = edhocServer(scheme)) {
      for (int i = 0; i < 2; i++) {
        try (CoapClient client = AllSchemes.client(AllSchemes.TLS.client())) {
          turn(client, uri(server, scheme, "/inner"), context);
        }
      }
    }
    assertThat(ids.contexts().all()).hasSize(1);
  }

  private void agrees(Scheme scheme, EdhocClientConfig.Builder config) {
    ContextOnDemand context = Edhoc.client(config.build(), EventSink.NONE);
    try (CoapServer server = edhocServer(scheme);
        CoapClient client = AllSchemes.client(AllSchemes.TLS.client())) {
      for (int i = 0; i < 2; i++) {
        turn(client, uri(server, scheme, "/inner"), context);
      }
    }
    assertThat(ids.contexts().all()).hasSize(1);
  }

  private static void turn(CoapClient client, String uri, ContextOnDemand context) {
    Outcome outcome =
        client.send(ClientRequest.of(Code.PUT, uri).payload(Bytes.utf8("0"), 0).securedBy(context));
    assertThat(response(outcome).code()).isEqualTo(Code.CHANGED);
  }

  private CoapServer edhocServer(Scheme scheme) {
    return server(scheme)
        .ids(ids)
        .edhoc(
            EdhocServerConfig.builder(EdhocFixture.server().build(), EdhocFixture.rules()).build())
        .start();
  }

  private CoapServer.Builder server(Scheme scheme) {
    return CoapServer.builder()
        .events(EventSink.NONE)
        .credentials(AllSchemes.TLS.server())
        .listen(scheme + "://127.0.0.1:0")
        .securedOnly()
        .resource(Resource.at("/state").observable(state))
        .resource(
            Resource.at("/echo")
                .post(request -> Response.of(Code.CHANGED).withPayload(request.payload())))
        .resource(
            Resource.at("/inner")
                .get(r -> byOscore(r, Code.CONTENT))
                .put(r -> byOscore(r, Code.CHANGED)));
  }

  private static Response byOscore(Request request, Code code) {
    boolean inner = request.arrival().security() == Arrival.Security.OSCORE;
    return Response.of(inner ? code : Code.FORBIDDEN);
  }

  private static void turns(CoapClient client, CoapServer server, Scheme scheme) {
    String uri = uri(server, scheme, "/inner");
    assertThat(response(client.get(uri)).code()).isEqualTo(Code.CONTENT);
    assertThat(response(client.put(uri, Bytes.utf8("0"), ContentFormat.TEXT_PLAIN)).code())
        .isEqualTo(Code.CHANGED);
  }

  private static void moves64KibBothWays(CoapClient client, String uri) {
    byte[] large = new byte[Loopback.LARGE];
    for (int i = 0; i < large.length; i++) {
      large[i] = (byte) (i * 31 + i / 1024);
    }
    Bytes body = Bytes.owned(large);
    assertThat(response(client.post(uri, body, ContentFormat.OCTET_STREAM)).payload())
        .isEqualTo(body);
  }

  private static CoapClient client(SecurityContext context) {
    return CoapClient.builder()
        .events(EventSink.NONE)
        .credentials(AllSchemes.TLS.client())
        .oscore(context)
        .build();
  }

  private static SecurityContext derived(ContextParameters parameters) {
    return SecurityContext.derive(
        parameters,
        JdkCrypto.create(),
        InsecureVolatileReservations.start(0),
        SecurityContext.Provenance.FRESH);
  }

  private static String uri(CoapServer server, Scheme scheme, String path) {
    return AllSchemes.uri(server, scheme, path);
  }
}
