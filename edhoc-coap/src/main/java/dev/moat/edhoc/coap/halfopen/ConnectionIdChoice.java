package dev.moat.edhoc.coap.halfopen;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.edhoc.message.ConnectionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Chooses a connection identifier that is free, and as short on the wire as can be (RFC 9528,
 * Section 3.3.2): one octet that is a CBOR integer, then any other octet, then two and three
 * octets.
 *
 * <p>Among those of one length at random, so that a message of an old session seldom meets a new
 * one.
 */
public final class ConnectionIdChoice {
  /** How often identifiers of two and of three octets are drawn. */
  private static final int DRAWS = 32;

  private static final int OCTET_VALUES = 256;

  private ConnectionIdChoice() {}

  /** An identifier that is not {@code taken}; empty when none was found. */
  public static Optional<ConnectionId> free(Predicate<Bytes> taken, RandomSource random) {
    return drawn(octets(true, taken), random)
        .or(() -> drawn(octets(false, taken), random))
        .or(() -> drawn(2, taken, random))
        .or(() -> drawn(3, taken, random))
        .map(ConnectionId::new);
  }

  private static List<Bytes> octets(boolean integers, Predicate<Bytes> taken) {
    List<Bytes> free = new ArrayList<>();
    for (int value = 0; value < OCTET_VALUES; value++) {
      Bytes id = Bytes.of(value);
      if (isInteger(value) == integers && !taken.test(id)) {
        free.add(id);
      }
    }
    return free;
  }

  /** RFC 9528, Section 3.3.2: 0 to 23 and -1 to -24 take one octet on the wire. */
  private static boolean isInteger(int octet) {
    return (octet & 0x1f) < 24 && octet < 0x40;
  }

  private static Optional<Bytes> drawn(List<Bytes> free, RandomSource random) {
    return free.isEmpty() ? Optional.empty() : Optional.of(free.get(random.below(free.size())));
  }

  private static Optional<Bytes> drawn(int octets, Predicate<Bytes> taken, RandomSource random) {
    for (int draw = 0; draw < DRAWS; draw++) {
      Bytes id = random.bytes(octets);
      if (!taken.test(id)) {
        return Optional.of(id);
      }
    }
    return Optional.empty();
  }
}
