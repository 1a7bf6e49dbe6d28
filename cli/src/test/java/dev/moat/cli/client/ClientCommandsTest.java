package dev.moat.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.moat.bytes.Bytes;
import dev.moat.cli.CommandRun;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.Options;
import dev.moat.coap.problem.ProblemDetails;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.endpoint.CoapServer;
import dev.moat.engine.resource.ObservableState;
import dev.moat.engine.resource.Resource;
import dev.moat.engine.resource.WellKnownCore;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client commands against a server in this process, over loopback. */
class ClientCommandsTest {
  private static final AtomicReference<Request> LAST = new AtomicReference<>();
  private static final AtomicReference<Bytes> STORED = new AtomicReference<>(Bytes.utf8("old"));
  private static final String LARGE = "0123456789".repeat(1000);
  private static CoapServer server;
  private static String base;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    ObservableState state = new ObservableState(Response.text(Code.CONTENT, "first"));
    server =
        CoapServer.builder()
            .address(InetAddress.getLoopbackAddress())
            .port(0)
            .events(EventSink.NONE)
            .resource(Resource.at("/hello").title("Hello").get(r -> noted(r, text("world"))))
            .resource(Resource.at("/bytes").get(r -> noted(r, octets("00ff10"))))
            .resource(Resource.at("/large").get(r -> text(LARGE)))
            .resource(Resource.at("/problem").get(r -> problem()))
            .resource(
                Resource.at("/stored")
                    .notAnActuator("a test")
                    .get(r -> noted(r, text(STORED.get().toUtf8())))
                    .put(ClientCommandsTest::store)
                    .post(ClientCommandsTest::store)
                    .patch(ClientCommandsTest::store)
                    .ipatch(ClientCommandsTest::store)
                    .fetch(r -> noted(r, text("fetched " + r.payload().toUtf8())))
                    .delete(r -> noted(r, Response.of(Code.DELETED))))
            .resource(Resource.at("/lock").put(r -> Response.of(Code.CHANGED)))
            .resource(Resource.at("/state").observable(state))
            .resource(
                Resource.at("/next")
                    .notAnActuator("a test")
                    .post(
                        r -> {
                          state.set(Response.text(Code.CONTENT, r.payload().toUtf8()));
                          return Response.of(Code.CHANGED);
                        }))
            .start();
    if (server.router().resources().stream()
        .noneMatch(r -> r.template().equals(WellKnownCore.PATH))) {
      server.router().add(WellKnownCore.of(server.router()));
    }
    base = "coap://127.0.0.1:" + server.port();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void getPrintsThePayloadAndTheStatusApart() {
    CommandRun run = CommandRun.of("get", base + "/hello");
    assertThat(run.out()).isEqualToNormalizingNewlines("world\n");
    assertThat(run.err()).contains("2.05 Content");
    assertThat(run.status()).isZero();
  }

  @Test
  void getPrintsOctetsAsDigits() {
    assertThat(CommandRun.of("get", base + "/bytes").out())
        .isEqualToNormalizingNewlines("00ff10\n");
  }

  @Test
  void getPrintsJson() throws IOException {
    CommandRun run = CommandRun.of("get", "--json", base + "/hello");
    assertThat(run.status()).isZero();
    JsonNode json = json(run);
    assertThat(json.path("outcome").asText()).isEqualTo("responded");
    assertThat(json.path("code").asText()).isEqualTo("2.05");
    assertThat(json.path("payload").asText()).isEqualTo("world");
    assertThat(json.path("payloadEncoding").asText()).isEqualTo("utf-8");
    assertThat(json.path("options").get(0).path("name").asText()).isEqualTo("Content-Format");
  }

  @Test
  void getFetchesALargeBodyInBlocksIntoAFile() throws IOException {
    Path file = folder.resolve("large.txt");
    CommandRun run = CommandRun.of("get", "-b", "64", "-o", file.toString(), base + "/large");
    assertThat(run.status()).isZero();
    assertThat(run.out()).isEmpty();
    assertThat(Files.readString(file)).isEqualTo(LARGE);
  }

  @Test
  void putSendsALargeFileInBlocks() throws IOException {
    Path file = Files.writeString(folder.resolve("body.txt"), LARGE);
    CommandRun run = CommandRun.of("put", "-f", file.toString(), base + "/stored");
    assertThat(run.err()).contains("2.04 Changed");
    assertThat(run.status()).isZero();
    assertThat(STORED.get()).isEqualTo(Bytes.utf8(LARGE));
  }

  @Test
  void everyMethodReachesTheServer() {
    String uri = base + "/stored";
    assertThat(CommandRun.of("put", "-e", "a", uri).status()).isZero();
    assertThat(LAST.get().method()).isEqualTo(Code.PUT);
    assertThat(CommandRun.of("post", "-e", "a", uri).status()).isZero();
    assertThat(LAST.get().method()).isEqualTo(Code.POST);
    assertThat(CommandRun.of("patch", "-e", "a", uri).status()).isZero();
    assertThat(LAST.get().method()).isEqualTo(Code.PATCH);
    assertThat(CommandRun.of("ipatch", "-e", "a", uri).status()).isZero();
    assertThat(LAST.get().method()).isEqualTo(Code.IPATCH);
    assertThat(CommandRun.of("fetch", "-e", "q", uri).out()).contains("fetched q");
    assertThat(CommandRun.of("get", "-m", "delete", uri).err()).contains("2.02 Deleted");
    assertThat(CommandRun.of("delete", uri).err()).contains("2.02 Deleted");
  }

  @Test
  void flagsBecomeOptionsOfTheMessage() {
    CommandRun run =
        CommandRun.of(
            "put",
            "-e",
            "{}",
            "-t",
            "application/json",
            "-O",
            "65000,0x0a0b",
            "-v",
            base + "/stored?a=b");
    assertThat(run.status()).isZero();
    Options options = LAST.get().options();
    assertThat(options.contentFormat()).hasValue(50);
    assertThat(options.uriQuery()).containsExactly("a=b");
  }

  @Test
  void usesTheChosenTokenAndPort() {
    int port = freePort();
    CommandRun run =
        CommandRun.of("get", "-T", "0xc0ffee", "-p", Integer.toString(port), base + "/hello");
    assertThat(run.status()).isZero();
    assertThat(LAST.get().arrival().token()).isEqualTo(Bytes.hex("c0ffee"));
    assertThat(LAST.get().peer().port()).isEqualTo(port);
  }

  @Test
  void anErrorResponseComesWithAdvice() throws IOException {
    CommandRun run = CommandRun.of("get", base + "/nowhere");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("4.04 Not Found").contains("moat discover " + base);
    JsonNode json = json(CommandRun.of("get", "--json", base + "/nowhere"));
    assertThat(json.path("code").asText()).isEqualTo("4.04");
    assertThat(json.path("advice").asText()).contains("moat discover");
  }

  @Test
  void problemDetailsAreToldInWords() {
    CommandRun run = CommandRun.of("get", base + "/problem");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("No tea").contains("the pot is empty");
  }

  @Test
  void anActuatorRefusesWithoutSecurity() {
    CommandRun run = CommandRun.of("put", "-e", "x", base + "/lock");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("4.01 Unauthorized");
  }

  @Test
  void aServerThatIsNotThereLeavesTheOutcomeUnknown() throws IOException {
    try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      String uri = "coap://127.0.0.1:" + silent.getLocalPort() + "/lock";
      CommandRun run = CommandRun.of("put", "-e", "x", "-B", "0.3", uri);
      assertThat(run.status()).isEqualTo(1);
      assertThat(run.err())
          .contains("outcome unknown")
          .contains("may have been executed")
          .contains("moat get '" + uri + "'");
      JsonNode json = json(CommandRun.of("put", "-e", "x", "-B", "0.3", "--json", uri));
      assertThat(json.path("outcome").asText()).isEqualTo("unknown");
      assertThat(json.path("doubt").asText()).isNotEmpty();
    }
  }

  @Test
  void pingTellsTheRoundTrip() throws IOException {
    CommandRun run = CommandRun.of("ping", base);
    assertThat(run.out()).contains("pong from " + base);
    assertThat(run.status()).isZero();
    JsonNode json = json(CommandRun.of("ping", "--json", base));
    assertThat(json.path("roundTripMilliseconds").asDouble()).isPositive();
    try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      CommandRun lost =
          CommandRun.of("ping", "-B", "0.2", "coap://127.0.0.1:" + silent.getLocalPort());
      assertThat(lost.status()).isEqualTo(1);
      assertThat(lost.err()).contains("no pong");
    }
  }

  @Test
  void discoverListsAndFilters() throws IOException {
    CommandRun run = CommandRun.of("discover", base);
    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("/hello  title=Hello").contains("/state  obs");
    JsonNode json = json(CommandRun.of("discover", "--json", base + "?href=/hello"));
    assertThat(json.path("links")).hasSize(1);
    assertThat(json.path("links").get(0).path("target").asText()).isEqualTo("/hello");
  }

  @Test
  void observePrintsEveryStateUntilTheTimeIsOver() throws Exception {
    AtomicReference<CommandRun> observed = new AtomicReference<>();
    Thread observer =
        new Thread(() -> observed.set(CommandRun.of("observe", "-s", "3", base + "/state")));
    observer.start();
    Thread.sleep(1200);
    assertThat(CommandRun.of("post", "-e", "second", base + "/next").status()).isZero();
    observer.join();
    assertThat(observed.get().status()).isZero();
    assertThat(observed.get().out()).isEqualToNormalizingNewlines("first\nsecond\n");
  }

  @Test
  void saysWhenAResourceCannotBeObserved() {
    CommandRun run = CommandRun.of("observe", "-s", "1", base + "/hello");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("did not add us to the observers");
  }

  @Test
  void aHostWithoutAddressIsToldClearly() {
    CommandRun run = CommandRun.of("get", "coap://no-such-host.invalid/");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("no-such-host.invalid").contains("DNS");
  }

  @Test
  void verbosityShowsOptions() {
    assertThat(CommandRun.of("get", "-v", base + "/hello").err())
        .contains("Content-Format: 0 text/plain");
  }

  private static Response noted(Request request, Response response) {
    LAST.set(request);
    return response;
  }

  private static Response store(Request request) {
    STORED.set(request.payload());
    return noted(request, Response.of(Code.CHANGED));
  }

  private static Response text(String text) {
    return Response.text(Code.CONTENT, text);
  }

  private static Response octets(String digits) {
    return new Response(
        Code.CONTENT, Options.of(Option.uint(OptionNumber.CONTENT_FORMAT, 42)), Bytes.hex(digits));
  }

  private static Response problem() {
    return ProblemDetails.of("No tea").withDetail("the pot is empty").toResponse(Code.CONFLICT);
  }

  private static JsonNode json(CommandRun run) throws IOException {
    return new ObjectMapper().readTree(run.out());
  }

  private static int freePort() {
    try (DatagramSocket socket = new DatagramSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
