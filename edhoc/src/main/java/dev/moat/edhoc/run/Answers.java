package dev.moat.edhoc.run;

import dev.moat.bytes.Bytes;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.message.EdhocError;
import dev.moat.edhoc.message.SuitesField;
import java.util.Optional;

/** The error messages for failed checks (RFC 9528, Section 6). */
final class Answers {
  /** Only message_1 is answered with SUITES_R (Section 6.3): other messages never need it. */
  private static final SuitesField NONE = SuitesField.of(0);

  private Answers() {}

  /** The answer to a message that is not message_1; empty where none may be sent. */
  static Optional<Bytes> to(EdhocException why) {
    return toMessage1(why, NONE);
  }

  /** The answer to a message_1; empty where none may be sent. */
  static Optional<Bytes> toMessage1(EdhocException why, SuitesField suitesR) {
    return why.reason().isAnswered()
        ? Optional.of(EdhocError.answerTo(why.reason(), suitesR).encoded())
        : Optional.empty();
  }
}
