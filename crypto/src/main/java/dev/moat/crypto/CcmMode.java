package dev.moat.crypto;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-CCM (RFC 3610) out of two ciphers that the JDK runs on the processor's AES instructions: one
 * call enciphers the counter blocks, one call computes the CBC-MAC.
 *
 * <p>The ciphers and the working memory are kept, so that no call allocates; long messages pass
 * through in chunks. Owned by one thread.
 */
final class CcmMode implements AeadMode {
  private static final int BLOCK = 16;
  private static final int CHUNK = 64 * BLOCK;

  /** Additional data from this length on has a length field of six octets (Section 2.2). */
  private static final int LONG_AAD = 0xff00;

  private final Cipher counterCipher;
  private final Cipher macCipher;
  private final int nonceOctets;
  private final int tagOctets;

  /** Both are shared by the two passes, which never overlap. */
  private final byte[] input = new byte[CHUNK];

  private final byte[] output = new byte[CHUNK];
  private final byte[] head = new byte[BLOCK];

  /** The MAC before it is encrypted: T in Section 2.2. */
  private final byte[] mac = new byte[BLOCK];

  /** What encrypts the MAC: S_0 in Section 2.3. */
  private final byte[] mask = new byte[BLOCK];

  private int absorbed;

  /**
   * Copies the key.
   *
   * @throws IllegalArgumentException when the nonce is not of 7 to 13 octets, or the tag not of 4,
   *     6, ... 16 (RFC 3610, Section 2), or the key no AES key
   */
  CcmMode(byte[] key, int nonceOctets, int tagOctets) {
    if (nonceOctets < 7 || nonceOctets > 13) {
      throw new IllegalArgumentException("CCM nonces have 7 to 13 octets, not " + nonceOctets);
    }
    if (tagOctets < 4 || tagOctets > 16 || tagOctets % 2 != 0) {
      throw new IllegalArgumentException("CCM tags have 4, 6, ... 16 octets, not " + tagOctets);
    }
    this.nonceOctets = nonceOctets;
    this.tagOctets = tagOctets;
    counterCipher = JdkCiphers.cipher("AES/ECB/NoPadding");
    macCipher = JdkCiphers.cipher("AES/CBC/NoPadding");
    useKey(key);
  }

  private void useKey(byte[] key) {
    SecretKeySpec spec = new SecretKeySpec(key, "AES");
    try {
      counterCipher.init(Cipher.ENCRYPT_MODE, spec);
      // Each doFinal goes back to this vector, so that one initialization serves all messages.
      macCipher.init(Cipher.ENCRYPT_MODE, spec, new IvParameterSpec(new byte[BLOCK]));
    } catch (GeneralSecurityException notAesKey) {
      throw new IllegalArgumentException("no AES key: " + key.length + " octets", notAesKey);
    }
  }

  @Override
  public void seal(byte[] nonce, byte[] aad, int aadLength, byte[] buffer, int offset, int length) {
    authenticate(nonce, aad, aadLength, buffer, offset, length);
    applyKeyStream(nonce, buffer, offset, length);
    int tag = offset + length;
    for (int i = 0; i < tagOctets; i++) {
      buffer[tag + i] = (byte) (mac[i] ^ mask[i]);
    }
  }

  @Override
  public boolean open(
      byte[] nonce, byte[] aad, int aadLength, byte[] buffer, int offset, int length) {
    int plaintext = length - tagOctets;
    applyKeyStream(nonce, buffer, offset, plaintext);
    authenticate(nonce, aad, aadLength, buffer, offset, plaintext);
    int tag = offset + plaintext;
    int difference = 0;
    // Never leaves early: how many octets of a forged tag are right must not show in time.
    for (int i = 0; i < tagOctets; i++) {
      difference |= buffer[tag + i] ^ mac[i] ^ mask[i];
    }
    if (difference != 0) {
      // "The receiver MUST NOT reveal the decrypted message" (RFC 3610, Section 2.5).
      Arrays.fill(buffer, offset, tag, (byte) 0);
    }
    return difference == 0;
  }

  /** The length field has what the nonce leaves of a block (RFC 3610, Section 2.2). */
  @Override
  public int maxPlaintextOctets() {
    int lengthOctets = BLOCK - 1 - nonceOctets;
    return lengthOctets >= 4 ? Integer.MAX_VALUE : (1 << (8 * lengthOctets)) - 1;
  }

  @Override
  public void erase() {
    for (byte[] memory : new byte[][] {input, output, head, mac, mask}) {
      Arrays.fill(memory, (byte) 0);
    }
    useKey(new byte[BLOCK]);
  }

  /** Leaves the CBC-MAC in {@link #mac} (RFC 3610, Section 2.2). */
  private void authenticate(
      byte[] nonce, byte[] aad, int aadLength, byte[] buffer, int offset, int length) {
    absorbed = 0;
    int flags = (aadLength > 0 ? 0x40 : 0) | ((tagOctets - 2) / 2) << 3;
    writeBlock(head, 0, flags, nonce, length);
    absorb(head, 0, BLOCK);
    if (aadLength > 0) {
      absorb(head, 0, writeAadLength(aadLength));
      absorb(aad, 0, aadLength);
      pad();
    }
    absorb(buffer, offset, length);
    pad();
    finishMac();
  }

  private int writeAadLength(int length) {
    if (length < LONG_AAD) {
      writeNumber(head, 0, 2, length);
      return 2;
    }
    head[0] = (byte) 0xff;
    head[1] = (byte) 0xfe;
    writeNumber(head, 2, 4, length);
    return 6;
  }

  private void absorb(byte[] source, int offset, int length) {
    int from = offset;
    int end = offset + length;
    while (from < end) {
      if (absorbed == CHUNK) {
        runMac();
      }
      int octets = Math.min(end - from, CHUNK - absorbed);
      System.arraycopy(source, from, input, absorbed, octets);
      absorbed += octets;
      from += octets;
    }
  }

  private void pad() {
    int end = (absorbed + BLOCK - 1) & -BLOCK;
    Arrays.fill(input, absorbed, end, (byte) 0);
    absorbed = end;
  }

  private void runMac() {
    try {
      int unused = macCipher.update(input, 0, absorbed, output, 0);
    } catch (GeneralSecurityException impossible) {
      throw JdkCiphers.broken(impossible);
    }
    absorbed = 0;
  }

  private void finishMac() {
    try {
      int unused = macCipher.doFinal(input, 0, absorbed, output, 0);
    } catch (GeneralSecurityException impossible) {
      throw JdkCiphers.broken(impossible);
    }
    System.arraycopy(output, absorbed - BLOCK, mac, 0, BLOCK);
  }

  /** Encrypts or decrypts, and leaves S_0 in {@link #mask} (RFC 3610, Section 2.3). */
  private void applyKeyStream(byte[] nonce, byte[] buffer, int offset, int length) {
    int room = CHUNK - BLOCK;
    int first = Math.min(length, room);
    keyStream(nonce, 0, BLOCK + first);
    System.arraycopy(output, 0, mask, 0, BLOCK);
    xor(buffer, offset, BLOCK, first);
    for (int done = first; done < length; ) {
      int octets = Math.min(length - done, CHUNK);
      keyStream(nonce, 1 + done / BLOCK, octets);
      xor(buffer, offset + done, 0, octets);
      done += octets;
    }
  }

  private void keyStream(byte[] nonce, int firstCounter, int octets) {
    int blocks = (octets + BLOCK - 1) / BLOCK;
    for (int i = 0; i < blocks; i++) {
      writeBlock(input, i * BLOCK, 0, nonce, firstCounter + i);
    }
    try {
      int unused = counterCipher.doFinal(input, 0, blocks * BLOCK, output, 0);
    } catch (GeneralSecurityException impossible) {
      throw JdkCiphers.broken(impossible);
    }
  }

  private void xor(byte[] buffer, int offset, int streamOffset, int length) {
    for (int i = 0; i < length; i++) {
      buffer[offset + i] ^= output[streamOffset + i];
    }
  }

  /** B_0 and A_i have one form: flags, nonce, number (RFC 3610, Sections 2.2 and 2.3). */
  private void writeBlock(byte[] target, int offset, int flags, byte[] nonce, int number) {
    int numberOctets = BLOCK - 1 - nonceOctets;
    target[offset] = (byte) (flags | (numberOctets - 1));
    System.arraycopy(nonce, 0, target, offset + 1, nonceOctets);
    writeNumber(target, offset + 1 + nonceOctets, numberOctets, number);
  }

  private static void writeNumber(byte[] target, int offset, int octets, int number) {
    long rest = number;
    for (int i = offset + octets - 1; i >= offset; i--) {
      target[i] = (byte) rest;
      rest >>>= 8;
    }
  }
}
