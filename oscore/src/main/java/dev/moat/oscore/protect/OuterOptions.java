package dev.moat.oscore.protect;

import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.OptionWriter;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.Options;
import dev.moat.oscore.OscoreException;
import dev.moat.oscore.OscoreException.Reason;

/** The options around a ciphertext (RFC 8613, Sections 4.1.2 and 4.1.3). */
final class OuterOptions {
  /** Suppresses all responses, which a proxy may know (Section 4.1.3.6). */
  private static final long NO_RESPONSE_AT_ALL = 26;

  private final ProtectionTable table;

  OuterOptions(ProtectionTable table) {
    this.table = table;
  }

  /** The outer options of a message, with the OSCORE option among them. */
  Options of(Options original, Bytes oscoreValue) throws OscoreException {
    Option[] outer = new Option[1 + count(original)];
    int at = 0;
    Option oscore = new Option(OptionNumber.OSCORE, oscoreValue);
    boolean placed = false;
    for (int i = 0; i < original.size(); i++) {
      Option option = original.at(i);
      if (!placed && option.number() > OptionNumber.OSCORE) {
        outer[at++] = oscore;
        placed = true;
      }
      if (isOuter(option)) {
        outer[at++] = option;
      }
    }
    if (!placed) {
      outer[at] = oscore;
    }
    return Options.ownedAscending(outer);
  }

  private int count(Options original) throws OscoreException {
    int count = 0;
    for (int i = 0; i < original.size(); i++) {
      Option option = original.at(i);
      if (option.number() == OptionNumber.OSCORE) {
        throw new OscoreException(Reason.NESTED);
      }
      if (option.value().length() > OptionWriter.MAX_VALUE_OCTETS) {
        throw new OscoreException(Reason.OPTION_TOO_LONG);
      }
      count += isOuter(option) ? 1 : 0;
    }
    return count;
  }

  private boolean isOuter(Option option) {
    return switch (option.number()) {
      // Shown as well as protected: a proxy has to know that several responses will come.
      case OptionNumber.OBSERVE -> true;
      case OptionNumber.NO_RESPONSE ->
          option.value().length() == 1 && option.value().at(0) == NO_RESPONSE_AT_ALL;
      default -> !table.isInner(option.number());
    };
  }

  /** The value of the one OSCORE option. */
  static Bytes oscoreValue(Options outer) throws OscoreException {
    Bytes value = null;
    for (int i = 0; i < outer.size() && outer.at(i).number() <= OptionNumber.OSCORE; i++) {
      if (outer.at(i).number() == OptionNumber.OSCORE) {
        if (value != null) {
          throw new OscoreException(Reason.REPEATED_OPTION);
        }
        value = outer.at(i).value();
      }
    }
    if (value == null) {
      throw new OscoreException(Reason.NOT_PROTECTED);
    }
    return value;
  }

  /**
   * The options of the verified message: what outer options count, and the inner ones (Section 8.2,
   * steps 1 and 7). An option that is both counts as protected only.
   */
  Options merge(Options outer, Options inner) {
    Options merged = inner;
    for (int i = 0; i < outer.size(); i++) {
      Option option = outer.at(i);
      if (table.outlivesVerification(option.number()) && !inner.has(option.number())) {
        merged = merged.plus(option);
      }
    }
    return merged;
  }
}
