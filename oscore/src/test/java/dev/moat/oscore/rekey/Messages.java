package dev.moat.oscore.rekey;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.oscore.context.ContextParameters;
import java.util.List;
import java.util.stream.Stream;

/** What the tests of re-keying send. */
public final class Messages {
  public static final Peer SERVER = Peer.of(Bytes.of(192, 0, 2, 1), 5683);

  private Messages() {}

  /** A client's parameters: its ID is 01, the server's 02. */
  public static ContextParameters client() {
    try (SecretBytes secret = SecretBytes.copyOf(Bytes.utf8("sixteen octets!!").toArray())) {
      return ContextParameters.builder(secret, Bytes.of(1), Bytes.of(2)).build();
    }
  }

  public static Request get() {
    return Request.to(SERVER, Code.GET, "/temperature");
  }

  public static Response content() {
    return Response.text(Code.CONTENT, "21.5");
  }

  public static Bytes option(Request outer) {
    return outer.options().first(OptionNumber.OSCORE).orElseThrow();
  }

  public static Bytes option(Response outer) {
    return outer.options().first(OptionNumber.OSCORE).orElseThrow();
  }

  public static Request withOption(Request outer, Bytes value) {
    return outer.with(new Option(OptionNumber.OSCORE, value));
  }

  public static Response withOption(Response outer, Bytes value) {
    return outer.with(new Option(OptionNumber.OSCORE, value));
  }

  /** Every request that differs in one bit of its OSCORE option or ciphertext, and all prefixes. */
  public static List<Request> damaged(Request outer) {
    return Stream.concat(
            Damage.of(option(outer)).map(value -> withOption(outer, value)),
            Damage.of(outer.payload()).map(outer::withPayload))
        .toList();
  }

  /**
   * Every response that differs in one bit of its OSCORE option or ciphertext, and all prefixes.
   * But for the kid flag: a response has no kid, an empty one says the same, and it is not
   * authenticated.
   */
  public static List<Response> damaged(Response outer) {
    Bytes option = option(outer);
    return Stream.concat(
            Damage.of(option)
                .filter(value -> value.length() < option.length() || !addsKid(option, value))
                .map(value -> withOption(outer, value)),
            Damage.of(outer.payload()).map(outer::withPayload))
        .toList();
  }

  private static boolean addsKid(Bytes option, Bytes value) {
    return value.at(0) == (option.at(0) ^ 0x08);
  }
}
