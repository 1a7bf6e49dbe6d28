package dev.moat.cose;

import dev.moat.bytes.Bytes;
import dev.moat.cbor.CborException;
import dev.moat.cbor.CborKind;
import dev.moat.cbor.CborReader;
import dev.moat.cose.CoseException.Reason;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reads the two maps of a header, protected first, and keeps the parameters that Moat knows (RFC
 * 9052, Section 3.1). Owned by one {@link CoseHeaders}, which no longer changes it.
 */
final class HeaderReader {
  /** Labels as encoded: those of the protected map, then of both. */
  private final Set<Bytes> labels = new HashSet<>();

  private final Set<Bytes> critical = new HashSet<>();
  private final Map<Integer, Bytes> octets = new HashMap<>();
  private boolean hasAlgorithm;
  private OptionalLong algorithm = OptionalLong.empty();

  boolean hasAlgorithm() {
    return hasAlgorithm;
  }

  /** The algorithm's number; empty when it is named by a text. */
  OptionalLong algorithm() {
    return algorithm;
  }

  Optional<Bytes> octets(int label) {
    return Optional.ofNullable(octets.get(label));
  }

  void readProtected(Bytes map) throws CoseException {
    read(map, true);
    // A critical label whose parameter is not in this map "is a fatal error" (Section 3.1).
    if (!labels.containsAll(critical)) {
      throw new CoseException(Reason.UNKNOWN_CRITICAL);
    }
  }

  void readUnprotected(Bytes map) throws CoseException {
    read(map, false);
    // IV and Partial IV "MUST NOT both be present in the same security layer" (Section 3.1).
    if (octets.containsKey(CoseHeaders.IV) && octets.containsKey(CoseHeaders.PARTIAL_IV)) {
      throw new CoseException(Reason.TWO_IVS);
    }
  }

  private void read(Bytes map, boolean isProtected) throws CoseException {
    try {
      CborReader reader = new CborReader(map);
      int entries = reader.map();
      for (int i = 0; i < entries; i++) {
        readEntry(reader, isProtected);
      }
      reader.end();
    } catch (CborException refused) {
      throw CoseException.reading(refused, Reason.BAD_HEADER);
    }
  }

  private void readEntry(CborReader reader, boolean isProtected)
      throws CborException, CoseException {
    int label = readLabel(reader);
    switch (label) {
      case CoseHeaders.ALG -> readAlgorithm(reader);
      case CoseHeaders.CRIT -> readCritical(reader, isProtected);
      case CoseHeaders.KID, CoseHeaders.IV, CoseHeaders.PARTIAL_IV, CoseHeaders.KID_CONTEXT ->
          octets.put(label, reader.bytes());
      default -> reader.skip();
    }
  }

  /** The label when Moat knows it, else 0, which is reserved. */
  private int readLabel(CborReader reader) throws CborException, CoseException {
    CborKind kind = reader.kind();
    if (!isLabel(kind)) {
      throw new CoseException(Reason.BAD_HEADER);
    }
    Bytes encoded = reader.item();
    if (!labels.add(encoded)) {
      throw new CoseException(Reason.DUPLICATE_LABEL);
    }
    return known(encoded);
  }

  private static boolean isLabel(CborKind kind) {
    return kind == CborKind.UNSIGNED || kind == CborKind.NEGATIVE || kind == CborKind.TEXT;
  }

  /** All labels that we know are encoded as themselves, in one octet. */
  private static int known(Bytes encodedLabel) {
    int label = encodedLabel.length() == 1 ? encodedLabel.at(0) : 0;
    return switch (label) {
      case CoseHeaders.ALG,
          CoseHeaders.CRIT,
          CoseHeaders.KID,
          CoseHeaders.IV,
          CoseHeaders.PARTIAL_IV,
          CoseHeaders.KID_CONTEXT ->
          label;
      default -> 0;
    };
  }

  /** An integer or a text (Section 3.1); the registry has no names of ours as texts. */
  private void readAlgorithm(CborReader reader) throws CborException {
    hasAlgorithm = true;
    if (reader.kind() == CborKind.TEXT) {
      reader.skip();
    } else {
      algorithm = OptionalLong.of(reader.integer());
    }
  }

  /** Only in the protected map, and at least one value (Section 3.1). */
  private void readCritical(CborReader reader, boolean isProtected)
      throws CborException, CoseException {
    int count = reader.array();
    if (count == 0 || !isProtected) {
      throw new CoseException(Reason.BAD_HEADER);
    }
    for (int i = 0; i < count; i++) {
      Bytes label = reader.item();
      if (known(label) == 0) {
        throw new CoseException(Reason.UNKNOWN_CRITICAL);
      }
      critical.add(label);
    }
  }
}
