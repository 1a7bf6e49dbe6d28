package dev.moat.cli.keys;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;

/** Key identifiers that are short in messages. */
final class Kids {
  /** 0x00 to 0x17 and 0x20 to 0x37 are their own CBOR integers (RFC 9528, Section 3.5.3.2). */
  private static final int RUN = 24;

  private static final int SECOND_RUN = 0x20;

  private Kids() {}

  /** One octet that takes one octet in a message. */
  static Bytes shortest(RandomSource random) {
    int choice = random.below(2 * RUN);
    return Bytes.of(choice < RUN ? choice : SECOND_RUN + choice - RUN);
  }

  /** Two octets: a shared key's should be unique (draft-ietf-lake-edhoc-psk, Section 3.1.3). */
  static Bytes ofShared(RandomSource random) {
    return random.bytes(2);
  }
}
