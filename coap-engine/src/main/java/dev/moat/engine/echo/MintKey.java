package dev.moat.engine.echo;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.bytes.SecretBytes;
import dev.moat.coap.service.Peer;
import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** One key of an {@link EchoMint}, ready to compute. Owned by one event loop. */
final class MintKey {
  static final int NUMBERS = 128;
  static final int MAC_OCTETS = 8;
  private static final String ALGORITHM = "HmacSHA256";
  private static final int KEY_OCTETS = 32;
  private static final int INPUT_OCTETS = 6 + 8 + 8 + 4 + 4 + 8;

  private final int number;
  private final long bornNanos;
  private final Mac mac;

  MintKey(int number, long bornNanos, RandomSource random) {
    this.number = number;
    this.bornNanos = bornNanos;
    try (SecretBytes secret = SecretBytes.random(KEY_OCTETS, random)) {
      mac = secret.use(MintKey::keyed);
    }
  }

  private static Mac keyed(byte[] key) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac;
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java platform must have " + ALGORITHM, e);
    }
  }

  int number() {
    return number;
  }

  long ageNanos(long nowNanos) {
    return nowNanos - bornNanos;
  }

  /** The authentication code over the first six octets of a value, and the peer. */
  Bytes authenticate(Bytes head, Peer peer) {
    byte[] input = new byte[INPUT_OCTETS];
    head.copyTo(input, 0);
    var unused =
        ByteBuffer.wrap(input, head.length(), INPUT_OCTETS - head.length())
            .putLong(peer.high())
            .putLong(peer.low())
            .putInt(peer.port())
            .putInt(peer.scopeId())
            .putLong(peer.association());
    return Bytes.owned(Arrays.copyOf(mac.doFinal(input), MAC_OCTETS));
  }

  boolean made(Bytes head, Bytes claimed, Peer peer) {
    return MessageDigest.isEqual(authenticate(head, peer).toArray(), claimed.toArray());
  }
}
