package dev.moat.conformance.interop.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.coap.message.Code;
import dev.moat.coap.service.Event;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Response;
import dev.moat.conformance.interop.Bounds;
import dev.moat.endpoint.ClientRequest;
import dev.moat.endpoint.CoapClient;
import dev.moat.endpoint.CoapServer;
import dev.moat.engine.resource.Resource;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Who is not who he has to be gets nothing done, and both sides read why: the client in its
 * outcome, the server in its events.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class RefusalTest {
  private static final Duration PATIENCE = Bounds.CALL.multipliedBy(3);

  /** A word such as {@code SSLHandshakeException} or {@code javax.net.ssl}. */
  private static final Pattern PROGRAMMERS_WORDS =
      Pattern.compile("[a-z][A-Z]|Exception|\\bjava|[a-z]\\.[a-z]+\\.[a-z]");

  private final AtomicInteger served = new AtomicInteger();
  private final List<String> events = new CopyOnWriteArrayList<>();

  static Stream<Arguments> cases() {
    return Arrays.stream(Refusal.values())
        .flatMap(
            refusal -> refusal.channels().stream().map(channel -> Arguments.of(channel, refusal)));
  }

  @Tag("AT-02")
  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("cases")
  void refusesAndSaysWhyOnBothSides(Channel channel, Refusal refusal) throws Exception {
    try (CoapServer server = serve(channel, refusal);
        CoapClient client = CoapClient.builder().credentials(refusal.client()).build()) {
      Outcome outcome = client.send(request(channel, server.port()));
      String sentence = sentence(outcome);
      assertThat(sentence).containsPattern(refusal.clientSays());
      assertThat(sentence).doesNotContainPattern(PROGRAMMERS_WORDS);
      awaitEvent(refusal.serverSays());
      assertThat(served).hasValue(0);
    }
  }

  private CoapServer serve(Channel channel, Refusal refusal) {
    Resource door =
        Resource.at("/door")
            .get(
                request -> {
                  served.incrementAndGet();
                  return Response.text(Code.CONTENT, "open");
                });
    return CoapServer.builder()
        .listen(channel.base(0))
        .credentials(refusal.server())
        .resource(door)
        .events(this::record)
        .start();
  }

  private void record(Event event) {
    events.add(event.describe());
  }

  private static ClientRequest request(Channel channel, int port) {
    return ClientRequest.of(Code.GET, channel.base(port) + "/door").timeout(PATIENCE);
  }

  private static String sentence(Outcome outcome) {
    if (outcome instanceof Outcome.NotDelivered refused) {
      assertThat(refused.cause()).isEqualTo(Outcome.Cause.NO_CONNECTION);
      return refused.reason().orElseThrow(() -> new AssertionError("no reason: " + refused));
    }
    throw new AssertionError("the request may have been served: " + outcome);
  }

  private void awaitEvent(String words) throws InterruptedException {
    Pattern pattern = Pattern.compile(words);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (events.stream().noneMatch(event -> pattern.matcher(event).find())) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("no event says \"" + words + "\": " + events);
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }
}
