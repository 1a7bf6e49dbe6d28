package dev.moat.crypto;

/** Checks what callers hand in, once for all ciphers. Owned by one thread. */
final class JdkAead implements Aead {
  private final AeadAlgorithm algorithm;
  private final AeadMode mode;
  private boolean closed;

  JdkAead(AeadAlgorithm algorithm, AeadMode mode) {
    this.algorithm = algorithm;
    this.mode = mode;
  }

  @Override
  public AeadAlgorithm algorithm() {
    return algorithm;
  }

  @Override
  public void seal(byte[] nonce, byte[] aad, int aadLength, byte[] buffer, int offset, int length) {
    requireInputs(nonce, aad, aadLength);
    requireRange(buffer, offset, length, algorithm.tagOctets());
    if (length > mode.maxPlaintextOctets()) {
      throw new IllegalArgumentException(
          "a plaintext has at most " + mode.maxPlaintextOctets() + " octets, not " + length);
    }
    mode.seal(nonce, aad, aadLength, buffer, offset, length);
  }

  @Override
  public boolean open(
      byte[] nonce, byte[] aad, int aadLength, byte[] buffer, int offset, int length) {
    requireInputs(nonce, aad, aadLength);
    requireRange(buffer, offset, length, 0);
    int plaintext = length - algorithm.tagOctets();
    return plaintext >= 0
        && plaintext <= mode.maxPlaintextOctets()
        && mode.open(nonce, aad, aadLength, buffer, offset, length);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      mode.erase();
    }
  }

  @Override
  public String toString() {
    return "Aead[" + algorithm + (closed ? ", closed]" : "]");
  }

  private void requireInputs(byte[] nonce, byte[] aad, int aadLength) {
    if (closed) {
      throw new IllegalStateException("this cipher was closed");
    }
    if (nonce.length != algorithm.nonceOctets()) {
      throw new IllegalArgumentException(
          "a nonce has " + algorithm.nonceOctets() + " octets, not " + nonce.length);
    }
    requireRange(aad, 0, aadLength, 0);
  }

  private static void requireRange(byte[] buffer, int offset, int length, int tagOctets) {
    if (offset < 0 || length < 0 || (long) offset + length + tagOctets > buffer.length) {
      throw new IllegalArgumentException(
          "no room for octets %d+%d and a tag of %d in %d"
              .formatted(offset, length, tagOctets, buffer.length));
    }
  }
}
