package dev.moat.radio.reference;

import dev.moat.radio.sizes.CredentialReference;
import dev.moat.radio.sizes.EdhocPskSizes;
import dev.moat.radio.sizes.EdhocSizes;
import dev.moat.radio.sizes.EdhocSizes.Side;
import dev.moat.radio.sizes.SuiteSizes;

/** The shapes of EDHOC that the reference file names, with connection IDs of one octet. */
final class Shapes {
  static final CredentialReference KID = CredentialReference.shortKid();
  static final CredentialReference X5T = CredentialReference.x5tShort();
  static final CredentialReference KCCS_44 = CredentialReference.kccs(44);

  /** The kid of the drafts' examples for pre-shared keys has two octets: h'0010'. */
  static final EdhocPskSizes PSK =
      new EdhocPskSizes(SuiteSizes.of(2), 1, CredentialReference.kid(2));

  private Shapes() {}

  static EdhocSizes edhoc(int method, CredentialReference both) {
    return edhoc(method, 2, both, both);
  }

  static EdhocSizes edhoc(
      int method, int suite, CredentialReference responder, CredentialReference initiator) {
    return new EdhocSizes(
        method, SuiteSizes.of(suite), 1, new Side(1, initiator), new Side(1, responder));
  }

  static int[] messages(EdhocSizes sizes) {
    return new int[] {sizes.message1(), sizes.message2(), sizes.message3()};
  }

  /** With {@code more} octets on each message. */
  static int[] messages(EdhocSizes sizes, int... more) {
    int[] messages = messages(sizes);
    for (int i = 0; i < messages.length; i++) {
      messages[i] += more[i];
    }
    return messages;
  }

  static int[] pskMessages() {
    return new int[] {PSK.message1(), PSK.message2(), PSK.message3()};
  }
}
