package dev.moat.cbor;

/** What kind of item comes next (RFC 8949, Section 3.1). */
public enum CborKind {
  /** Major type 0. */
  UNSIGNED,
  /** Major type 1. */
  NEGATIVE,
  /** Major type 2. */
  BYTES,
  /** Major type 3. */
  TEXT,
  /** Major type 4. */
  ARRAY,
  /** Major type 5. */
  MAP,
  /** Major type 6. */
  TAG,
  /** False or true. */
  BOOL,
  /** Null. */
  NULL,
  /** Another simple value, undefined among them. */
  SIMPLE,
  /** A floating-point number, which no reader takes. */
  FLOAT;

  private static final CborKind[] BY_MAJOR = {UNSIGNED, NEGATIVE, BYTES, TEXT, ARRAY, MAP, TAG};

  /** The kind of an item that begins with {@code first}. */
  static CborKind of(int first) {
    int major = first >> 5;
    if (major < 7) {
      return BY_MAJOR[major];
    }
    return switch (first & 31) {
      case 20, 21 -> BOOL;
      case 22 -> NULL;
      case 25, 26, 27 -> FLOAT;
      default -> SIMPLE;
    };
  }
}
