package dev.moat.oscore.filter;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.Options;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.coap.service.ResponseGate;
import dev.moat.oscore.OscoreException;
import dev.moat.oscore.protect.Protector;
import dev.moat.oscore.protect.RequestBinding;
import dev.moat.oscore.protect.VerifiedResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The gate of one protected request: lets a response count when it verifies (RFC 8613, Section
 * 8.4), and notifications in the order of their Partial IVs (Sections 4.1.3.5.2 and 7.4.1).
 *
 * <p>Keeps one number and one response, however much arrives. Owned by the event loop.
 */
final class ResponseVerifier implements ResponseGate {
  private static final Verdict IGNORED = new Ignored();

  /** The notification without Partial IV is older than all others. */
  private static final long OLDEST = -1;

  private static final long OBSERVE_MASK = 0xff_ffff;

  private final Protector protector;
  private final RequestBinding binding;
  private final Request inner;
  private final boolean repeatable;
  private final EventSink events;
  private boolean observing;
  private long notificationNumber = OLDEST;
  private @Nullable Response verified;
  private @Nullable Bytes challenge;
  private int copies = 1;
  private boolean doubtful;

  /**
   * A gate that has let nothing through.
   *
   * @param repeatable true when the request may be made once more, to answer an Outer Echo
   */
  ResponseVerifier(
      Protector protector,
      RequestBinding binding,
      Request inner,
      boolean repeatable,
      EventSink events) {
    this.protector = protector;
    this.binding = binding;
    this.inner = inner;
    this.repeatable = repeatable;
    this.events = events;
  }

  @Override
  public Verdict judge(Response received, int copiesSent) {
    copies = copiesSent;
    return judge(received);
  }

  @Override
  public Verdict judge(Response received) {
    if (!received.options().has(OptionNumber.OSCORE)) {
      return judgeUnprotected(received);
    }
    if (isPart(received.options())) {
      return judgePart(received);
    }
    try {
      return judgeVerified(protector.unprotectResponse(binding, received));
    } catch (OscoreException failure) {
      rejected(failure);
      return IGNORED;
    }
  }

  /** True when {@code response} is what this gate has verified and let through last. */
  boolean hasVerified(Response response) {
    return response.equals(verified);
  }

  /**
   * True when the server asks for the request once more, and an earlier copy may have acted: it has
   * lost its replay window, so that it cannot know (RFC 8613, Appendix B.1.2).
   */
  boolean leavesDoubt() {
    return doubtful;
  }

  /** The Outer Echo value that asks for the request once more. */
  Optional<Bytes> challenge() {
    return Optional.ofNullable(challenge);
  }

  /** Verifies a response that came in outer blocks; its Observe option begins nothing. */
  Optional<Response> whole(Response assembled) {
    try {
      Response response = protector.unprotectResponse(binding, assembled).inner();
      return Optional.of(withoutObserve(response));
    } catch (OscoreException failure) {
      rejected(failure);
      return Optional.empty();
    }
  }

  /**
   * RFC 8613, Section 8.2: the server may have failed to verify the request, or anyone may say so.
   * A success is nobody's answer, and an observation does not end by an error (Section 8.4.2).
   */
  private Verdict judgeUnprotected(Response received) {
    events.emit(OscoreEvent.UnprotectedResponse.of(inner.peer(), received));
    if (received.code().isSuccess() || observing) {
      return IGNORED;
    }
    Optional<Bytes> echo = received.options().first(OptionNumber.ECHO);
    if (repeatable && received.code() == Code.UNAUTHORIZED && echo.isPresent()) {
      // Believed no further than that it costs one more request, which is safe.
      challenge = echo.get();
      return new Accepted(Response.of(Code.UNAUTHORIZED));
    }
    return new Doubtful(received);
  }

  /** RFC 8613, Section 4.1.3.4.2: hop-by-hop blocks are put together before they are verified. */
  private static boolean isPart(Options outer) {
    return outer.block2().map(block -> block.more() || block.number() > 0).orElse(false);
  }

  /** Notifications are not taken in parts: a part proves nothing, and would end the observation. */
  private Verdict judgePart(Response part) {
    return observing ? IGNORED : new Accepted(withoutObserve(part));
  }

  private Verdict judgeVerified(VerifiedResponse genuine) {
    Response response = genuine.inner();
    doubtful = copies > 1 && !inner.method().isIdempotent() && isAfterRestart(genuine);
    if (inner.options().observe().orElse(1) != 0) {
      return accepted(withoutObserve(response));
    }
    long number = genuine.partialIv().orElse(OLDEST);
    if (observing && number <= notificationNumber) {
      events.emit(new OscoreEvent.StaleNotification(inner.peer()));
      return IGNORED;
    }
    notificationNumber = number;
    boolean notification =
        response.options().has(OptionNumber.OBSERVE) && response.code().isSuccess();
    observing = observing || notification;
    return accepted(notification ? numbered(response, number) : withoutObserve(response));
  }

  /** A challenge under a Partial IV of the server's, since the request's nonce may be used up. */
  private static boolean isAfterRestart(VerifiedResponse genuine) {
    Response response = genuine.inner();
    return response.code() == Code.UNAUTHORIZED
        && response.options().has(OptionNumber.ECHO)
        && genuine.partialIv().isPresent();
  }

  private Verdict accepted(Response response) {
    verified = response;
    return new Accepted(response);
  }

  /** RFC 8613, Section 4.1.3.5.2: for stages above that order by the Observe value. */
  private static Response numbered(Response response, long number) {
    long value = number == OLDEST ? 0 : number & OBSERVE_MASK;
    return response.with(Option.uint(OptionNumber.OBSERVE, value));
  }

  private static Response withoutObserve(Response response) {
    return response.withOptions(response.options().without(OptionNumber.OBSERVE));
  }

  private void rejected(OscoreException failure) {
    events.emit(new OscoreEvent.ResponseRejected(inner.peer(), failure.reason()));
  }
}
