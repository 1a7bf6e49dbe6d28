package dev.moat.engine;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.ResponseGate;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Tokens as short as they can be, for links where each octet counts: none at all for the only
 * request outstanding towards a peer (RFC 7252, Section 5.3.1), else the first that is free of one
 * octet, then of two. A token is used again as soon as its request is over.
 *
 * <p>Only requests whose responses pass a {@link ResponseGate} get one: those of EDHOC and those
 * under OSCORE, where cryptography, not the token, binds the response to the request (RFC 9175,
 * Section 4.1), so that a late response to another request is not taken for this one's. All others
 * get those of {@link SequentialTokens}: requests without such a gate; requests to groups;
 * observations, whose notifications outlive the request; and everything under (D)TLS, where no
 * token may be used twice (RFC 9175, Section 4.2).
 *
 * <p><b>What is given up.</b> Whoever is not on the path and forges a response has no token to
 * guess. No forged response passes for protected data or for message_2 and message_3 of EDHOC. But
 * some responses of a handshake cannot be verified by anyone: the 2.04 that answers message_3,
 * errors, and in the reverse flow message_1. With a forged one of these an attempt may fail, or
 * seem complete until the first protected request goes unanswered; the next attempt begins anew.
 */
public final class ShortTokens implements TokenSource {
  private static final int OCTET_VALUES = 1 << 8;
  private static final int TWO_OCTET_VALUES = 1 << 16;

  private final TokenSource others;

  /** {@code random} is for the requests that get no short token. */
  public ShortTokens(RandomSource random) {
    this.others = new SequentialTokens(random);
  }

  /** One of {@link SequentialTokens}: only {@link #choose} knows which short ones are free. */
  @Override
  public Bytes next(Request request) {
    return others.next(request);
  }

  @Override
  public Optional<Bytes> choose(Request request, Predicate<Bytes> inUse) {
    return isBoundOtherwise(request) ? shortest(inUse) : others.choose(request, inUse);
  }

  private static boolean isBoundOtherwise(Request request) {
    return request.context().has(ResponseGate.KEY)
        && request.peer().association() == 0
        && !request.peer().isMulticast()
        && !request.options().has(OptionNumber.OBSERVE);
  }

  private static Optional<Bytes> shortest(Predicate<Bytes> inUse) {
    if (!inUse.test(Bytes.empty())) {
      return Optional.of(Bytes.empty());
    }
    for (int value = 0; value < OCTET_VALUES; value++) {
      Bytes token = Bytes.of(value);
      if (!inUse.test(token)) {
        return Optional.of(token);
      }
    }
    for (int value = 0; value < TWO_OCTET_VALUES; value++) {
      Bytes token = Bytes.of(value >>> 8, value & 0xff);
      if (!inUse.test(token)) {
        return Optional.of(token);
      }
    }
    return Optional.empty();
  }
}
