package dev.moat.endpoint.stack;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.coap.service.Peer;
import dev.moat.engine.freshness.ChallengeSource;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Stands in for the engine's Echo mint until that lands: a time and a keyed digest of time and
 * peer.
 */
final class EchoChallenges implements ChallengeSource {
  private final byte[] secret;

  EchoChallenges(RandomSource random) {
    this.secret = random.bytes(32).toArray();
  }

  @Override
  public Bytes mint(Peer peer, long nowNanos) {
    byte[] time = ByteBuffer.allocate(8).putLong(nowNanos).array();
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(secret);
      digest.update(time);
      byte[] tag = digest.digest(Bytes.utf8(peer.toString()).toArray());
      return Bytes.owned(time).plus(Bytes.copyOf(tag, 0, 8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public boolean isFresh(Bytes value, Peer peer, long nowNanos, long windowNanos) {
    if (value.length() != 16) {
      return false;
    }
    long made = value.slice(0, 8).asReadOnlyBuffer().getLong();
    return nowNanos - made >= 0 && nowNanos - made < windowNanos && value.equals(mint(peer, made));
  }
}
