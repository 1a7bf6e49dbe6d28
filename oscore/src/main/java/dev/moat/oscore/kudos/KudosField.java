package dev.moat.oscore.kudos;

import dev.moat.bytes.Bytes;
import dev.moat.oscore.OscoreException;
import dev.moat.oscore.OscoreException.Reason;

/**
 * The fields 'x' and 'nonce' of a KUDOS message (draft-ietf-core-oscore-key-update-14, Section
 * 4.1).
 *
 * <pre>
 *   0 1 2 3 4 5 6 7
 *  |0|z|b|p|   m   |  z convergent, b preserve observations, p no forward secrecy, m length - 1
 * </pre>
 *
 * @param convergent false while the sender offers its nonce and knows none of its peer
 * @param preservesObservations the sender wishes to keep observations; only if both do are they
 * @param withoutForwardSecrecy the sender runs in no-FS mode
 * @param nonce the sender's nonce, 1 to 16 octets
 */
public record KudosField(
    boolean convergent, boolean preservesObservations, boolean withoutForwardSecrecy, Bytes nonce) {
  /** The longest nonce in octets. */
  public static final int MAX_NONCE_OCTETS = 16;

  private static final int RESERVED = 0x80;
  private static final int CONVERGENT = 0x40;
  private static final int PRESERVES_OBSERVATIONS = 0x20;
  private static final int WITHOUT_FORWARD_SECRECY = 0x10;
  private static final int LENGTH = 0x0f;

  /** Checks the nonce's length. */
  public KudosField {
    if (nonce.isEmpty() || nonce.length() > MAX_NONCE_OCTETS) {
      throw new IllegalArgumentException("a nonce of " + nonce.length() + " octets; 1 to 16");
    }
  }

  /** An offer: divergent. */
  public static KudosField divergent(boolean withoutForwardSecrecy, Bytes nonce) {
    return new KudosField(false, false, withoutForwardSecrecy, nonce);
  }

  /** The answer to an offer: convergent. */
  public static KudosField convergent(boolean withoutForwardSecrecy, Bytes nonce) {
    return new KudosField(true, false, withoutForwardSecrecy, nonce);
  }

  /**
   * The length of the nonce that follows {@code x}.
   *
   * @throws OscoreException RESERVED_FLAG when the first bit is set
   */
  static int nonceOctets(int x) throws OscoreException {
    if ((x & RESERVED) != 0) {
      throw new OscoreException(Reason.RESERVED_FLAG);
    }
    return (x & LENGTH) + 1;
  }

  /** The fields of a message; {@link #nonceOctets} has been asked before. */
  static KudosField of(int x, Bytes nonce) {
    return new KudosField(
        (x & CONVERGENT) != 0,
        (x & PRESERVES_OBSERVATIONS) != 0,
        (x & WITHOUT_FORWARD_SECRECY) != 0,
        nonce);
  }

  /** The octet 'x'. */
  public int x() {
    return (convergent ? CONVERGENT : 0)
        | (preservesObservations ? PRESERVES_OBSERVATIONS : 0)
        | (withoutForwardSecrecy ? WITHOUT_FORWARD_SECRECY : 0)
        | (nonce.length() - 1);
  }

  /** What this message contributes to a derivation: x, then the nonce (Section 4.3.1). */
  public Bytes input() {
    return Bytes.of(x()).plus(nonce);
  }
}
