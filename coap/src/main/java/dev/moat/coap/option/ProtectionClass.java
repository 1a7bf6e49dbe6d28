package dev.moat.coap.option;

/** What OSCORE does with an option (RFC 8613, Section 4.1). */
public enum ProtectionClass {
  /**
   * Class E: encrypted and integrity protected, between the endpoints. Also every option not known
   * here.
   */
  E(true, false, false),
  /** Class I: in clear and integrity protected; no such option is registered yet. */
  I(false, true, false),
  /** Class U: in clear and unprotected, for proxies. */
  U(false, false, true),
  /** Both: an inner and an outer instance are independent of each other. */
  E_AND_U(true, false, true);

  private final boolean encrypted;
  private final boolean integrityProtected;
  private final boolean unprotected;

  ProtectionClass(boolean encrypted, boolean integrityProtected, boolean unprotected) {
    this.encrypted = encrypted;
    this.integrityProtected = integrityProtected;
    this.unprotected = unprotected;
  }

  /** True when the option may be an Inner option, of class E. */
  public boolean isEncrypted() {
    return encrypted;
  }

  /** True when the option is of class I. */
  public boolean isIntegrityProtected() {
    return integrityProtected;
  }

  /** True when the option may be an Outer option of class U. */
  public boolean isUnprotected() {
    return unprotected;
  }
}
