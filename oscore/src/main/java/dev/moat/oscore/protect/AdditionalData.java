package dev.moat.oscore.protect;

import dev.moat.bytes.Bytes;
import dev.moat.cbor.CborWriter;
import dev.moat.coap.codec.OptionWriter;
import dev.moat.coap.option.Options;
import dev.moat.cose.CoseAlgorithms;
import dev.moat.crypto.AeadAlgorithm;
import java.util.Arrays;

/**
 * Composes the additional authenticated data (RFC 8613, Section 5.4) in one buffer that is used
 * again and again. Owned by one protector.
 */
final class AdditionalData {
  private static final int VERSION = 1;

  /** {@code ["Encrypt0", h'', } of the Enc_structure (RFC 8152, Section 5.3). */
  private static final byte[] ENC_STRUCTURE =
      new CborWriter().array(3).text("Encrypt0").bytes(Bytes.empty()).toBytes().toArray();

  /** Head octets of a byte string as long as the longest option list. */
  private static final int LONGEST_HEAD = 5;

  private byte[] buffer = new byte[64];
  private int length;

  /** What aad_array begins with for all requests of one sender: up to request_kid. */
  static byte[] prefix(AeadAlgorithm algorithm, Bytes requestKid) {
    CborWriter array = new CborWriter().array(5).integer(VERSION).array(1);
    return array.integer(CoseAlgorithms.idOf(algorithm)).bytes(requestKid).toBytes().toArray();
  }

  /** Composes; the result lies in {@link #aad()}. */
  void compose(byte[] prefix, Bytes requestPiv, Options classI) {
    int options = classI.isEmpty() ? 0 : OptionWriter.lengthOctets(classI, Bytes.empty());
    int array = prefix.length + 1 + requestPiv.length() + headOctets(options) + options;
    reserve(ENC_STRUCTURE.length + LONGEST_HEAD + array);
    System.arraycopy(ENC_STRUCTURE, 0, buffer, 0, ENC_STRUCTURE.length);
    int at = head(array, ENC_STRUCTURE.length);
    System.arraycopy(prefix, 0, buffer, at, prefix.length);
    at = head(requestPiv.length(), at + prefix.length);
    requestPiv.copyTo(buffer, at);
    at = head(options, at + requestPiv.length());
    length = OptionWriter.write(classI, Bytes.empty(), buffer, at);
  }

  private void reserve(int octets) {
    if (octets > buffer.length) {
      buffer = Arrays.copyOf(buffer, octets);
    }
  }

  private static int headOctets(int stringOctets) {
    return stringOctets < 24 ? 1 : stringOctets < 0x100 ? 2 : stringOctets < 0x1_0000 ? 3 : 5;
  }

  /** Writes the head of a byte string and returns the position behind it. */
  private int head(int stringOctets, int position) {
    int octets = headOctets(stringOctets);
    if (octets == 1) {
      buffer[position] = (byte) (0x40 | stringOctets);
      return position + 1;
    }
    buffer[position] = (byte) (octets == 2 ? 0x58 : octets == 3 ? 0x59 : 0x5a);
    for (int i = 1; i < octets; i++) {
      buffer[position + i] = (byte) (stringOctets >>> (8 * (octets - 1 - i)));
    }
    return position + octets;
  }

  /** The buffer, of which the first {@link #aadLength()} octets count. */
  byte[] aad() {
    return buffer;
  }

  /** Octets composed last. */
  int aadLength() {
    return length;
  }
}
