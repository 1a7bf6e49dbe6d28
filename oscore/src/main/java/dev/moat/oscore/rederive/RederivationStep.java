package dev.moat.oscore.rederive;

import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.oscore.rekey.RekeyException;
import java.util.function.Function;

/** What a server does with a request before it looks for its context. */
public sealed interface RederivationStep {
  /** One value for each of the three cases. */
  <T> T fold(
      Function<Forwarded, T> forwarded,
      Function<Challenged, T> challenged,
      Function<Refused, T> refused);

  /**
   * Nothing, or nothing more: its context is in the table or nowhere.
   *
   * @param outer the request, with an unwrapped kid context
   */
  record Forwarded(Request outer) implements RederivationStep {
    @Override
    public <T> T fold(
        Function<Forwarded, T> forwarded,
        Function<Challenged, T> challenged,
        Function<Refused, T> refused) {
      return forwarded.apply(this);
    }
  }

  /**
   * It is request #1, and not acted on.
   *
   * @param outer response #1, protected
   */
  record Challenged(Response outer) implements RederivationStep {
    @Override
    public <T> T fold(
        Function<Forwarded, T> forwarded,
        Function<Challenged, T> challenged,
        Function<Refused, T> refused) {
      return challenged.apply(this);
    }
  }

  /**
   * It does not verify, or its context cannot be recorded.
   *
   * @param why for the operator
   */
  record Refused(RekeyException why) implements RederivationStep {
    @Override
    public <T> T fold(
        Function<Forwarded, T> forwarded,
        Function<Challenged, T> challenged,
        Function<Refused, T> refused) {
      return refused.apply(this);
    }
  }
}
