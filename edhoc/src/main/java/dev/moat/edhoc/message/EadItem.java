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
 * An item of external authorization data (RFC 9528, Section 3.8). Immutable.
 *
 * @param label the registered label, 0 to 65535, without the sign that makes it critical
 * @param critical true when a peer that does not know the item has to abort
 * @param value the value; absent is not the same as empty
 */
public record EadItem(int label, boolean critical, Optional<Bytes> value) {
  /** The label of padding, which is ignored (Section 3.8.1). */
  public static final int PADDING = 0;

  private static final int MAX_LABEL = 65_535;

  /**
   * Checks the label.
   *
   * @throws IllegalArgumentException when it is out of range, or padding that is critical, which
   *     has no form on the wire
   */
  public EadItem {
    if (label < 0 || label > MAX_LABEL || (label == PADDING && critical)) {
      throw new IllegalArgumentException("no label of an EAD item: " + label);
    }
  }

  /** An item that may be ignored. */
  public static EadItem of(int label, Bytes value) {
    return new EadItem(label, false, Optional.of(value));
  }

  /** An item that may be ignored, without a value. */
  public static EadItem of(int label) {
    return new EadItem(label, false, Optional.empty());
  }

  /** An item that must be understood. */
  public static EadItem critical(int label, Bytes value) {
    return new EadItem(label, true, Optional.of(value));
  }

  /** An item that must be understood, without a value. */
  public static EadItem critical(int label) {
    return new EadItem(label, true, Optional.empty());
  }

  /** True for padding. */
  public boolean isPadding() {
    return label == PADDING;
  }

  static EadItem read(CborReader reader) throws CborException, EdhocException {
    CborKind kind = reader.kind();
    if (kind != CborKind.UNSIGNED && kind != CborKind.NEGATIVE) {
      throw new EdhocException(Reason.BAD_EAD);
    }
    long signed = reader.integer();
    if (Math.abs(signed) > MAX_LABEL || signed == Long.MIN_VALUE) {
      throw new EdhocException(Reason.BAD_EAD);
    }
    boolean valued = !reader.isAtEnd() && reader.kind() == CborKind.BYTES;
    Optional<Bytes> value = valued ? Optional.of(reader.bytes()) : Optional.empty();
    return new EadItem((int) Math.abs(signed), signed < 0, value);
  }

  void write(CborWriter writer) {
    writer.integer(critical ? -label : label);
    value.ifPresent(writer::bytes);
  }
}
