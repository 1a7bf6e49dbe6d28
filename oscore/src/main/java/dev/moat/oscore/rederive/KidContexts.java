package dev.moat.oscore.rederive;

import dev.moat.bytes.Bytes;
import dev.moat.cbor.CborException;
import dev.moat.cbor.CborReader;
import dev.moat.cbor.CborWriter;
import java.util.Optional;

/** Kid contexts of Appendix B.2: CBOR byte strings around an ID Context or a part of one. */
final class KidContexts {
  /** Long enough for the nonces of any deployment, short enough to be derived from at once. */
  static final int MAX_ID_CONTEXT_OCTETS = 64;

  private KidContexts() {}

  static Bytes wrap(Bytes idContext) {
    return new CborWriter().bytes(idContext).toBytes();
  }

  /** What is wrapped; empty when {@code kidContext} is anything but one byte string. */
  static Optional<Bytes> unwrap(Bytes kidContext) {
    try {
      CborReader reader = new CborReader(kidContext);
      Bytes wrapped = reader.bytes();
      reader.end();
      return Optional.of(wrapped).filter(id -> id.length() <= MAX_ID_CONTEXT_OCTETS);
    } catch (CborException other) {
      return Optional.empty();
    }
  }
}
