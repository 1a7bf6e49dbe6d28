package dev.moat.coap.service;

import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Judges every response that matches a request before it counts. A stage that protects requests
 * puts one into the context of each (RFC 8613, Section 8.4: a response that does not verify is not
 * processed), so that whoever forges a response cannot take the place of the genuine one.
 */
@FunctionalInterface
public interface ResponseGate {
  /** Where the message layer looks for the gate of a request. */
  Context.Key<ResponseGate> KEY = new Context.Key<>("response gate");

  /**
   * Judges one response. It may be a copy of an earlier one: the gate, not the message layer, tells
   * new notifications from old ones.
   */
  Verdict judge(Response received);

  /** As {@link #judge(Response)}, to a request of which so many copies have left. */
  default Verdict judge(Response received, int copies) {
    return judge(received);
  }

  /** What a response counts for. */
  sealed interface Verdict {
    /** One value for each of the three cases. */
    <T> T fold(Function<Accepted, T> accepted, Supplier<T> ignored, Function<Doubtful, T> doubtful);
  }

  /**
   * It counts, as {@code response}, whose Observe option says whether notifications follow. When it
   * carries the OSCORE option it is a part of an outer block-wise transfer that is verified as a
   * whole, further in (RFC 8613, Section 8.4.1).
   */
  record Accepted(Response response) implements Verdict {
    @Override
    public <T> T fold(
        Function<Accepted, T> accepted, Supplier<T> ignored, Function<Doubtful, T> doubtful) {
      return accepted.apply(this);
    }
  }

  /** As if it had not come: the exchange stays as it is, for the genuine one. */
  record Ignored() implements Verdict {
    @Override
    public <T> T fold(
        Function<Accepted, T> accepted, Supplier<T> ignored, Function<Doubtful, T> doubtful) {
      return ignored.get();
    }
  }

  /**
   * An error without protection: the server may have sent it because it could not verify the
   * request, or anyone else. It counts, as doubt, when nothing genuine comes within a short time.
   */
  record Doubtful(Response unprotected) implements Verdict {
    @Override
    public <T> T fold(
        Function<Accepted, T> accepted, Supplier<T> ignored, Function<Doubtful, T> doubtful) {
      return doubtful.apply(this);
    }
  }
}
