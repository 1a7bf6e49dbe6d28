package dev.moat.crypto.bc;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.Keccak;
import org.bouncycastle.crypto.digests.SHAKEDigest;
import org.bouncycastle.crypto.macs.KMAC;
import org.bouncycastle.crypto.params.KeyParameter;

/** SHAKE256 and KMAC256 by Bouncy Castle. May be shared among threads. */
public final class BouncyKeccak implements Keccak {
  private BouncyKeccak() {}

  /** The functions of the Bouncy Castle that is on the class path. */
  public static BouncyKeccak create() {
    return new BouncyKeccak();
  }

  @Override
  public Bytes shake256(Bytes input, int octets) {
    SHAKEDigest shake = new SHAKEDigest(256);
    byte[] output = new byte[octets];
    shake.update(input.toArray(), 0, input.length());
    int unused = shake.doFinal(output, 0, octets);
    return Bytes.owned(output);
  }

  @Override
  public SecretBytes kmac256(SecretBytes key, SecretBytes input, int octets) {
    return key.use(lentKey -> input.use(lentInput -> kmac256(lentKey, lentInput, octets)));
  }

  private static SecretBytes kmac256(byte[] key, byte[] input, int octets) {
    KMAC kmac = new KMAC(256, new byte[0]);
    kmac.init(new KeyParameter(key));
    kmac.update(input, 0, input.length);
    byte[] output = new byte[octets];
    int unused = kmac.doFinal(output, 0, octets);
    return SecretBytes.owned(output);
  }
}
