package dev.moat.oscore.rekey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.Options;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("LK-014")
final class WayTest {
  private static final Peer PROXY = Peer.of(Bytes.of(192, 0, 2, 9), 5683);

  /** The options of a message that establishes the context for a request with {@code options}. */
  private static Options sentFor(Option... options) {
    Request request = Request.to(PROXY, Code.GET, "/lock");
    for (Option option : options) {
      request = request.with(option);
    }
    Options[] sent = new Options[1];
    var unused =
        Way.of(
                request,
                message -> {
                  sent[0] = message.options();
                  return CompletableFuture.completedFuture(
                      new Outcome.Unknown(message, Outcome.Doubt.NO_RESPONSE));
                })
            .handle(Request.to(PROXY, Code.POST, "/.well-known/edhoc"));
    return sent[0];
  }

  private static String host(Options options) {
    return options.first(OptionNumber.URI_HOST).orElseThrow().toUtf8();
  }

  @Test
  void leadsThroughTheForwardProxyOfTheRequest() {
    Options sent =
        sentFor(
            Option.text(OptionNumber.PROXY_SCHEME, "coap"),
            Option.text(OptionNumber.URI_HOST, "lock.example"),
            Option.uint(OptionNumber.URI_PORT, 61616),
            Option.text(OptionNumber.URI_QUERY, "a secret"));
    assertThat(sent.uriPath()).containsExactly(".well-known", "edhoc");
    assertThat(sent.texts(OptionNumber.PROXY_SCHEME)).containsExactly("coap");
    assertThat(host(sent)).isEqualTo("lock.example");
    assertThat(sent.uint(OptionNumber.URI_PORT)).hasValue(61616);
    assertThat(sent.uriQuery()).isEmpty();
  }

  @Test
  void leadsToTheServerOfAProxyUri() {
    Options sent = sentFor(Option.text(OptionNumber.PROXY_URI, "coap://lock.example/lock?secret"));
    assertThat(sent.uriPath()).containsExactly(".well-known", "edhoc");
    assertThat(sent.texts(OptionNumber.PROXY_SCHEME)).containsExactly("coap");
    assertThat(host(sent)).isEqualTo("lock.example");
    assertThat(sent.has(OptionNumber.URI_PORT)).isFalse();
    assertThat(sent.has(OptionNumber.PROXY_URI)).isFalse();
    assertThat(sent.uriQuery()).isEmpty();
    Options address = sentFor(Option.text(OptionNumber.PROXY_URI, "coap://[2001:db8::1]:61616/"));
    assertThat(host(address)).isEqualTo("[2001:db8::1]");
    assertThat(address.uint(OptionNumber.URI_PORT)).hasValue(61616);
  }

  @Test
  void isStraightWithoutAProxy() {
    Options plain = Request.to(PROXY, Code.POST, "/.well-known/edhoc").options();
    assertThat(sentFor()).isEqualTo(plain);
    assertThat(sentFor(Option.text(OptionNumber.URI_HOST, "lock.example"))).isEqualTo(plain);
    assertThat(sentFor(Option.text(OptionNumber.PROXY_URI, "no uri"))).isEqualTo(plain);
  }
}
