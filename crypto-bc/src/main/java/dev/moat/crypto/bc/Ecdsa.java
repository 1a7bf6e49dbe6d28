package dev.moat.crypto.bc;

import dev.moat.bytes.Bytes;
import org.bouncycastle.crypto.Digest;

/** What signing and verifying share. */
final class Ecdsa {
  private Ecdsa() {}

  static byte[] hash(WeierstrassCurve curve, Bytes message) {
    Digest digest = curve.digest();
    byte[] hash = new byte[digest.getDigestSize()];
    digest.update(message.toArray(), 0, message.length());
    int unused = digest.doFinal(hash, 0);
    return hash;
  }
}
