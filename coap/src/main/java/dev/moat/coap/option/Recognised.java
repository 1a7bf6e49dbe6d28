package dev.moat.coap.option;

import java.util.List;

/**
 * The options of a message after the rules of RFC 7252, Sections 5.4.1 to 5.4.5.
 *
 * @param understood what may be acted on; unprocessable elective options are gone
 * @param unprocessableCritical not empty: the message must be refused (4.02, Reset or silence,
 *     Section 5.4.1)
 */
public record Recognised(Options understood, List<Option> unprocessableCritical) {
  /** True when nothing critical is left over. */
  public boolean isAcceptable() {
    return unprocessableCritical.isEmpty();
  }
}
