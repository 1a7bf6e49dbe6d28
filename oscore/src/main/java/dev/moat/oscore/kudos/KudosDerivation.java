package dev.moat.oscore.kudos;

import dev.moat.bytes.ByteWriter;
import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.cbor.CborWriter;
import dev.moat.crypto.Crypto;
import dev.moat.oscore.context.ContextParameters;

/** The function updateCtx() (draft-ietf-core-oscore-key-update-14, Section 4.2). Pure. */
public final class KudosDerivation {
  private static final Bytes LABEL = Bytes.utf8("oscore key update");

  private KudosDerivation() {}

  /**
   * The parameters of CTX_OUT: CTX_IN's with a new Master Secret of the same length and X_N as
   * Master Salt. The caller closes them; {@code from} stays open.
   *
   * @param first a message's {@link KudosField#input()}
   * @param second the other's, empty for CTX_TEMP; their order does not matter
   */
  public static ContextParameters updateContext(
      Bytes first, Bytes second, ContextParameters from, Crypto crypto) {
    Bytes inputs = inputs(first, second);
    int octets = from.masterSecret().length();
    Bytes label = expandLabel(inputs, octets);
    try (SecretBytes secret = crypto.hkdfExpand(from.hkdf(), from.masterSecret(), label, octets)) {
      ContextParameters.Builder out =
          ContextParameters.builder(secret, from.senderId(), from.recipientId())
              .masterSalt(inputs)
              .aead(from.aead())
              .hkdf(from.hkdf())
              .replayWindow(from.replayWindow())
              .keyUsageLimits(from.keyUsageLimits());
      from.idContext().ifPresent(out::idContext);
      return out.build();
    }
  }

  /** X_N: both inputs as CBOR byte strings, in lexicographic order. */
  public static Bytes inputs(Bytes first, Bytes second) {
    Bytes one = new CborWriter().bytes(first).toBytes();
    Bytes other = new CborWriter().bytes(second).toBytes();
    return one.compareTo(other) <= 0 ? one.plus(other) : other.plus(one);
  }

  /** The structure ExpandLabel, which names what is derived and from which inputs. */
  public static Bytes expandLabel(Bytes inputs, int keyOctets) {
    return new ByteWriter(4 + LABEL.length() + inputs.length())
        .u16(keyOctets)
        .u8(LABEL.length())
        .bytes(LABEL)
        .u8(inputs.length())
        .bytes(inputs)
        .toBytes();
  }
}
