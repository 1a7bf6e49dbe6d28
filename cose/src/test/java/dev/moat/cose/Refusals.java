package dev.moat.cose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.moat.cose.CoseException.Reason;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Asserts why something is refused. */
public final class Refusals {
  private Refusals() {}

  /** A call whose result does not matter. */
  public interface Call {
    Object run() throws CoseException;
  }

  public static void assertRefused(Call call, Reason reason) {
    ThrowingCallable throwing =
        () -> {
          var unused = call.run();
        };
    CoseException refused = catchThrowableOfType(CoseException.class, throwing);
    assertThat(refused).isNotNull();
    assertThat(refused.reason()).isEqualTo(reason);
    assertThat(refused.getStackTrace()).isEmpty();
  }
}
