package dev.moat.bytes;

import java.lang.invoke.VarHandle;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.function.Function;

/**
 * Octets that must not be printed: a key or a shared secret.
 *
 * <p>Compares in constant time, never prints its content, and is overwritten by {@link #close()}.
 * On a JVM erasure shortens exposure and guarantees nothing: the collector may have copied the
 * array before.
 *
 * <p>May be closed by any thread: others then get all of it or an exception, never a part.
 */
public final class SecretBytes implements AutoCloseable {
  private final byte[] array;
  private volatile boolean closed;

  private SecretBytes(byte[] array) {
    this.array = array;
  }

  /** A copy of {@code source}, which stays the caller's to erase. */
  public static SecretBytes copyOf(byte[] source) {
    return new SecretBytes(source.clone());
  }

  /** Takes {@code array} over: the caller neither changes nor erases it afterwards. */
  public static SecretBytes owned(byte[] array) {
    return new SecretBytes(array);
  }

  /** {@code length} fresh octets from {@code random}. */
  public static SecretBytes random(int length, RandomSource random) {
    byte[] fresh = new byte[length];
    random.fill(fresh);
    return new SecretBytes(fresh);
  }

  /** Number of octets. */
  public int length() {
    return array.length;
  }

  /**
   * Hands a copy to {@code use} and erases the copy afterwards.
   *
   * @throws IllegalStateException after {@link #close()}
   */
  public <T> T use(Function<byte[], T> use) {
    byte[] lent = array.clone();
    try {
      // Only now: no copy that is taken for the secret was made while it was overwritten.
      VarHandle.fullFence();
      if (closed) {
        throw new IllegalStateException("this secret was erased");
      }
      return use.apply(lent);
    } finally {
      Arrays.fill(lent, (byte) 0);
    }
  }

  /** Overwrites the octets; a second call does nothing. */
  @Override
  public void close() {
    closed = true;
    VarHandle.fullFence(); // so that whoever reads an overwritten octet finds this closed
    Arrays.fill(array, (byte) 0);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SecretBytes that && MessageDigest.isEqual(array, that.array);
  }

  /** The length only: a hash of the content would leak it. */
  @Override
  public int hashCode() {
    return array.length;
  }

  @Override
  public String toString() {
    return "SecretBytes[" + array.length + " octets]";
  }
}
