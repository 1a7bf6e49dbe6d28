package dev.moat.cost.study;

import dev.moat.cost.exchange.CredentialForm;
import dev.moat.cost.exchange.RecordedExchange;
import dev.moat.cost.study.WhatIf.Judged;
import dev.moat.cost.study.WhatIf.Outcome;
import dev.moat.radio.lorawan.duty.BurstBudget;
import java.util.Locale;

/**
 * The limits that a handshake is held against wherever the reader of the report moves
 * (draft-ietf-lake-reqs-04, Sections 2.11.1 and 2.11.4).
 *
 * @param fragments how many packets or frames there may be
 * @param reason why so many
 */
record WhatIfLimits(int fragments, String reason) {
  private static final int KEYS_BY_REFERENCE = 3;
  private static final int OTHERS = 5;
  private static final double MICROS_PER_SECOND = 1e6;

  /** Three where both sides refer to a raw public key or share a key, else five. */
  static WhatIfLimits of(RecordedExchange exchange) {
    boolean byReference =
        exchange
            .shape()
            .filter(one -> isReference(one.initiator()) && isReference(one.responder()))
            .isPresent();
    return byReference
        ? new WhatIfLimits(KEYS_BY_REFERENCE, "raw or shared keys by reference")
        : new WhatIfLimits(OTHERS, "other credentials");
  }

  /** Packets or frames. */
  Judged fragments(int count) {
    String limit = "at most " + fragments + " for " + reason;
    return count <= fragments
        ? new Judged(Outcome.MET, limit)
        : new Judged(Outcome.MISSED, limit + ": " + (count - fragments) + " too many");
  }

  /** The upper end is the limit; below the lower end is better than asked. */
  Judged uplink(long micros) {
    BurstBudget budget = BurstBudget.draft();
    return switch (budget.band(micros)) {
      case BELOW ->
          new Judged(Outcome.MET, seconds(budget.lowerBoundMicros() - micros) + " under the band");
      case WITHIN -> new Judged(Outcome.MET, "within 4 to 6 s");
      case ABOVE ->
          new Judged(Outcome.MISSED, seconds(micros - budget.upperBoundMicros()) + " above 6 s");
    };
  }

  private static boolean isReference(CredentialForm form) {
    return form == CredentialForm.KID || form == CredentialForm.PSK;
  }

  private static String seconds(long micros) {
    return String.format(Locale.ROOT, "%.3f s", micros / MICROS_PER_SECOND);
  }
}
