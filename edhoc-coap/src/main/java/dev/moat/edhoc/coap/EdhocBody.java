package dev.moat.edhoc.coap;

import dev.moat.bytes.Bytes;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.EdhocException.Reason;
import dev.moat.edhoc.message.ConnectionId;
import dev.moat.edhoc.message.EdhocError;
import java.util.function.Function;
import java.util.function.Supplier;

/** What a client posts to an EDHOC resource (RFC 9528, Appendix A.2). */
public sealed interface EdhocBody {
  /** The payload. */
  Bytes encoded();

  /** One value for each of the four cases. */
  <T> T fold(
      Supplier<T> trigger,
      Function<First, T> first,
      Function<Next, T> next,
      Function<Failure, T> failure);

  /**
   * Reads a payload as far as it tells which session it is for.
   *
   * @throws EdhocException with a reason of CBOR, or BAD_CONNECTION_ID
   */
  static EdhocBody decode(Bytes payload) throws EdhocException {
    if (payload.isEmpty()) {
      return new Trigger();
    }
    if (payload.at(0) == First.TRUE) {
      return new First(requireMessage(payload.slice(1, payload.length())));
    }
    ConnectionId.Prefixed prefixed = ConnectionId.prefixOf(payload);
    Bytes rest = requireMessage(prefixed.rest());
    return EdhocError.isError(rest)
        ? new Failure(prefixed.id(), rest)
        : new Next(prefixed.id(), rest);
  }

  private static Bytes requireMessage(Bytes rest) throws EdhocException {
    if (rest.isEmpty()) {
      throw new EdhocException(Reason.TRUNCATED);
    }
    return rest;
  }

  /** Nothing: asks the server to begin, as the initiator (Appendix A.2.2). */
  record Trigger() implements EdhocBody {
    @Override
    public Bytes encoded() {
      return Bytes.empty();
    }

    @Override
    public <T> T fold(
        Supplier<T> trigger,
        Function<First, T> first,
        Function<Next, T> next,
        Function<Failure, T> failure) {
      return trigger.get();
    }
  }

  /**
   * {@code true} and message_1.
   *
   * @param message1 the octets behind {@code true}, at least one
   */
  record First(Bytes message1) implements EdhocBody {
    private static final int TRUE = 0xf5;

    @Override
    public Bytes encoded() {
      return Bytes.of(TRUE).plus(message1);
    }

    @Override
    public <T> T fold(
        Supplier<T> trigger,
        Function<First, T> first,
        Function<Next, T> next,
        Function<Failure, T> failure) {
      return first.apply(this);
    }
  }

  /**
   * The server's identifier and a later message.
   *
   * @param id the identifier that the server has chosen
   * @param message the octets behind it, at least one
   */
  record Next(ConnectionId id, Bytes message) implements EdhocBody {
    @Override
    public Bytes encoded() {
      return id.encoded().plus(message);
    }

    @Override
    public <T> T fold(
        Supplier<T> trigger,
        Function<First, T> first,
        Function<Next, T> next,
        Function<Failure, T> failure) {
      return next.apply(this);
    }
  }

  /**
   * The server's identifier and an error message: the client gives up, or someone says so.
   *
   * @param id the identifier that the server has chosen
   * @param error the octets behind it, at least one
   */
  record Failure(ConnectionId id, Bytes error) implements EdhocBody {
    @Override
    public Bytes encoded() {
      return id.encoded().plus(error);
    }

    @Override
    public <T> T fold(
        Supplier<T> trigger,
        Function<First, T> first,
        Function<Next, T> next,
        Function<Failure, T> failure) {
      return failure.apply(this);
    }
  }
}
