package dev.moat.oscore.filter;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.coap.service.Arrival;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import dev.moat.crypto.JdkCrypto;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.InsecureVolatileReservations;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.context.SecurityContext.Provenance;

/** The two sides of the context of RFC 8613, Appendix C.1, and of variations of it. */
final class Contexts {
  static final Peer CLIENT = Peer.of(Bytes.of(192, 0, 2, 1), 40_000);
  static final Peer SERVER = Peer.of(Bytes.of(192, 0, 2, 2), 5683);
  static final JdkCrypto CRYPTO = JdkCrypto.create();

  private Contexts() {}

  static ContextParameters.Builder client(String secret) {
    return ContextParameters.builder(
            SecretBytes.copyOf(Bytes.utf8(secret).toArray()), Bytes.hex("02"), Bytes.hex("01"))
        .masterSalt(Bytes.hex("9e7ca92223786340"));
  }

  static SecurityContext client() {
    return fresh(client("0123456789abcdef").build());
  }

  static SecurityContext server() {
    return fresh(client("0123456789abcdef").build().reversed());
  }

  /** The server's context after a restart: {@code next} is the first number it may use. */
  static SecurityContext restored(long next) {
    return SecurityContext.derive(
        client("0123456789abcdef").build().reversed(),
        CRYPTO,
        InsecureVolatileReservations.start(next),
        Provenance.RESTORED);
  }

  static SecurityContext fresh(ContextParameters parameters) {
    return SecurityContext.derive(
        parameters, CRYPTO, InsecureVolatileReservations.start(0), Provenance.FRESH);
  }

  /** {@code request} as it arrives from {@code from}. */
  static Request arrived(Request request, Peer from, boolean addressProven) {
    Arrival arrival =
        new Arrival(0, Bytes.hex("aabb"), 40, false, addressProven, Arrival.Security.NONE);
    return SecuredBy.to(request, from).withFact(Arrival.KEY, arrival);
  }
}
