package dev.moat.edhoc.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.EdhocException.Reason;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** How a decoder refuses. */
final class Refused {
  private Refused() {}

  /** The reason with which {@code decoding} fails, without a stack trace. */
  static Reason refusal(ThrowingCallable decoding) {
    EdhocException refused = catchThrowableOfType(EdhocException.class, decoding);
    assertThat(refused).as("refusal").isNotNull();
    assertThat(refused.getStackTrace()).isEmpty();
    return refused.reason();
  }
}
