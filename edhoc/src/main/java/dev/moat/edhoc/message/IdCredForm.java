package dev.moat.edhoc.message;

import dev.moat.bytes.Bytes;
import dev.moat.cbor.CborException;
import dev.moat.cbor.CborKind;
import dev.moat.cbor.CborReader;
import dev.moat.cbor.CborWriter;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.EdhocException.Reason;
import java.util.Optional;

/**
 * ID_CRED in plaintexts: a header map with nothing but a kid travels as the kid (RFC 9528, Section
 * 3.5.3.2), every other map as it is.
 */
public final class IdCredForm {
  /** The label of kid (RFC 9052, Section 3.1). */
  private static final int KID = 4;

  private IdCredForm() {}

  /** The item in a plaintext for an encoded header map. */
  public static Bytes compact(Bytes map) {
    return kidOf(map)
        .map(
            kid -> {
              CborWriter writer = new CborWriter();
              IdentifierForm.write(writer, kid);
              return writer.toBytes();
            })
        .orElse(map);
  }

  /** Reads the item in a plaintext and returns the header map that it stands for. */
  static Bytes read(CborReader reader) throws CborException, EdhocException {
    if (reader.kind() != CborKind.MAP) {
      Bytes kid = IdentifierForm.read(reader, Reason.BAD_ID_CRED);
      return new CborWriter().map(map -> map.put(KID, value -> value.bytes(kid))).toBytes();
    }
    Bytes map = reader.item();
    if (kidOf(map).isPresent()) {
      throw new EdhocException(Reason.BAD_ID_CRED);
    }
    return map;
  }

  /** The kid of a map with no other parameter. */
  private static Optional<Bytes> kidOf(Bytes map) {
    try {
      CborReader reader = new CborReader(map);
      boolean kidOnly =
          reader.map() == 1
              && reader.kind() == CborKind.UNSIGNED
              && reader.integer() == KID
              && reader.kind() == CborKind.BYTES;
      return kidOnly ? Optional.of(reader.bytes()) : Optional.empty();
    } catch (CborException notOurs) {
      throw new IllegalArgumentException("ID_CRED is an encoded header map", notOurs);
    }
  }
}
