package dev.moat.oscore.protect;

import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.OptionRegistry;
import dev.moat.coap.option.Options;
import dev.moat.coap.option.ProtectionClass;

/** The protection class of every option number, without a search for the common ones. Immutable. */
final class ProtectionTable {
  private static final int COMMON = 300;

  private final OptionRegistry registry;
  private final ProtectionClass[] common = new ProtectionClass[COMMON];

  ProtectionTable(OptionRegistry registry) {
    this.registry = registry;
    for (int number = 0; number < COMMON; number++) {
      common[number] = registry.protectionOf(number);
    }
  }

  private ProtectionClass of(int number) {
    return number < COMMON ? common[number] : registry.protectionOf(number);
  }

  /** True when the option goes into the ciphertext; what may be both goes there. */
  boolean isInner(int number) {
    return of(number).isEncrypted();
  }

  /** True when the option is of class I. */
  boolean isIntegrityProtected(int number) {
    return of(number).isIntegrityProtected();
  }

  /** True when a received outer option counts: class U or I, and not OSCORE itself. */
  boolean outlivesVerification(int number) {
    return number != OptionNumber.OSCORE && !isInner(number);
  }

  /** The options of class I, for the AAD (RFC 8613, Section 5.4); no standard option is. */
  Options integrityProtected(Options options) {
    for (int i = 0; i < options.size(); i++) {
      if (isIntegrityProtected(options.at(i).number())) {
        return options.filter(this::isIntegrityProtected);
      }
    }
    return Options.none();
  }
}
