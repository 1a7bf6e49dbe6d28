package dev.moat.oscore.option;

import dev.moat.bytes.Bytes;
import dev.moat.oscore.OscoreException;
import dev.moat.oscore.OscoreException.Reason;
import java.util.Optional;

/**
 * The value of the OSCORE option (RFC 8613, Section 6.1).
 *
 * <pre>
 *   0 1 2 3 4 5 6 7 &lt;---- n octets ---&gt; &lt;-1-&gt; &lt;-- s octets --&gt;
 *  |0 0 0|h|k|  n  |    Partial IV     |  s  |  kid context  | kid (the rest)
 * </pre>
 *
 * <p>Extensions of the option put fields between kid context and kid and set a reserved flag; what
 * understands them strips both and decodes the rest here.
 *
 * @param partialIv 1 to 5 octets without leading zeros; 0 is the single octet 00
 * @param kid the Sender ID of a request's sender; may be empty
 * @param kidContext the ID Context, 0 to 255 octets
 */
public record OscoreOption(
    Optional<Bytes> partialIv, Optional<Bytes> kid, Optional<Bytes> kidContext) {
  /** The longest Partial IV in octets. */
  public static final int MAX_PARTIAL_IV_OCTETS = 5;

  private static final int RESERVED_FLAGS = 0xe0;
  private static final int KID_CONTEXT_FLAG = 0x10;
  private static final int KID_FLAG = 0x08;
  private static final int PARTIAL_IV_LENGTH = 0x07;
  private static final int MAX_KID_CONTEXT_OCTETS = 255;
  private static final OscoreOption EMPTY =
      new OscoreOption(Optional.empty(), Optional.empty(), Optional.empty());

  /** Checks the lengths. */
  public OscoreOption {
    if (partialIv.isPresent() && !isMinimal(partialIv.get())) {
      throw new IllegalArgumentException(
          "a Partial IV has 1 to 5 octets without leading zeros: " + partialIv.get());
    }
    if (kidContext.isPresent() && kidContext.get().length() > MAX_KID_CONTEXT_OCTETS) {
      throw new IllegalArgumentException(
          "a kid context of " + kidContext.get().length() + " octets; at most 255");
    }
  }

  private static boolean isMinimal(Bytes partialIv) {
    int length = partialIv.length();
    return length == 1 || (length > 1 && length <= MAX_PARTIAL_IV_OCTETS && partialIv.at(0) != 0);
  }

  /** The option of a response that uses its request's nonce: an empty value. */
  public static OscoreOption empty() {
    return EMPTY;
  }

  /**
   * The Partial IV of a sequence number, in its shortest form (RFC 8613, Section 5).
   *
   * @throws IllegalArgumentException when it is not 0 to 2^40-1
   */
  public static Bytes partialIv(long sequenceNumber) {
    if (sequenceNumber < 0 || sequenceNumber >>> 40 != 0) {
      throw new IllegalArgumentException("no Partial IV for " + sequenceNumber);
    }
    return sequenceNumber == 0 ? Bytes.of(0) : Bytes.uint(sequenceNumber);
  }

  /** Reads a value. The fields are views of it. */
  public static OscoreOption decode(Bytes value) throws OscoreException {
    if (value.isEmpty()) {
      return EMPTY;
    }
    int flags = value.at(0);
    if ((flags & RESERVED_FLAGS) != 0) {
      throw new OscoreException(Reason.RESERVED_FLAG);
    }
    int octets = flags & PARTIAL_IV_LENGTH;
    if (octets > MAX_PARTIAL_IV_OCTETS) {
      throw new OscoreException(Reason.RESERVED_PARTIAL_IV_LENGTH);
    }
    // A lone 00 says what the empty value says. Only the latter is right, and both are in use.
    Optional<Bytes> partialIv = readPartialIv(value, octets);
    int position = 1 + octets;
    Optional<Bytes> kidContext = Optional.empty();
    if ((flags & KID_CONTEXT_FLAG) != 0) {
      Bytes context = readKidContext(value, position);
      position += 1 + context.length();
      kidContext = Optional.of(context);
    }
    return new OscoreOption(partialIv, readKid(value, position, flags), kidContext);
  }

  private static Optional<Bytes> readPartialIv(Bytes value, int octets) throws OscoreException {
    if (octets == 0) {
      return Optional.empty();
    }
    if (1 + octets > value.length()) {
      throw new OscoreException(Reason.TRUNCATED_OPTION);
    }
    Bytes partialIv = value.slice(1, 1 + octets);
    if (!isMinimal(partialIv)) {
      throw new OscoreException(Reason.PARTIAL_IV_NOT_MINIMAL);
    }
    return Optional.of(partialIv);
  }

  private static Bytes readKidContext(Bytes value, int position) throws OscoreException {
    if (position == value.length()) {
      throw new OscoreException(Reason.TRUNCATED_OPTION);
    }
    int start = position + 1;
    int end = start + value.at(position);
    if (end > value.length()) {
      throw new OscoreException(Reason.TRUNCATED_OPTION);
    }
    return value.slice(start, end);
  }

  private static Optional<Bytes> readKid(Bytes value, int position, int flags)
      throws OscoreException {
    if ((flags & KID_FLAG) != 0) {
      return Optional.of(value.slice(position, value.length()));
    }
    if (position < value.length()) {
      throw new OscoreException(Reason.TRAILING_OCTETS);
    }
    return Optional.empty();
  }

  /** The value for the wire: empty when nothing is present (RFC 8613, Section 2). */
  public Bytes encode() {
    if (partialIv.isEmpty() && kid.isEmpty() && kidContext.isEmpty()) {
      return Bytes.empty();
    }
    byte[] value = new byte[lengthOctets()];
    int flags = 0;
    int position = 1;
    if (partialIv.isPresent()) {
      flags |= partialIv.get().length();
      position = append(partialIv.get(), value, position);
    }
    if (kidContext.isPresent()) {
      flags |= KID_CONTEXT_FLAG;
      value[position] = (byte) kidContext.get().length();
      position = append(kidContext.get(), value, position + 1);
    }
    if (kid.isPresent()) {
      flags |= KID_FLAG;
      kid.get().copyTo(value, position);
    }
    value[0] = (byte) flags;
    return Bytes.owned(value);
  }

  private int lengthOctets() {
    return 1
        + (partialIv.isPresent() ? partialIv.get().length() : 0)
        + (kidContext.isPresent() ? 1 + kidContext.get().length() : 0)
        + (kid.isPresent() ? kid.get().length() : 0);
  }

  private static int append(Bytes field, byte[] value, int position) {
    field.copyTo(value, position);
    return position + field.length();
  }
}
