package dev.moat.cost.exchange;

/** How a side says who it is (RFC 9528, Section 3.5.3). */
public enum CredentialForm {
  /** A claims set with a raw public key, by reference: kid of one octet. */
  KID("kid"),
  /** The smallest claims set with a raw public key, by value: 44 octets on P-256. */
  KCCS("kccs"),
  /** A claims set of the size of those of RFC 9529, by value: about 100 octets. */
  KCCS_LONG("kccs-long"),
  /** A certificate, by reference: its hash of 8 octets. */
  X5T("x5t"),
  /** A certificate, by value. */
  X5CHAIN("x5chain"),
  /** A pre-shared key, by reference (EDHOC-PSK). */
  PSK("psk"),
  /** What the user gave with {@code --credentials}. */
  OWN("own");

  private final String words;

  CredentialForm(String words) {
    this.words = words;
  }

  @Override
  public String toString() {
    return words;
  }
}
