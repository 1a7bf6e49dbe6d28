package dev.moat.oscore.context;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;

/**
 * What RFC 8613, Section 3.2.1, derives. Its owner closes it.
 *
 * @param senderKey the Sender Key
 * @param recipientKey the Recipient Key
 * @param commonIv the Common IV, as long as a nonce
 */
public record DerivedKeys(SecretBytes senderKey, SecretBytes recipientKey, Bytes commonIv)
    implements AutoCloseable {
  /** Erases both keys. */
  @Override
  public void close() {
    senderKey.close();
    recipientKey.close();
  }

  /** Lengths only. */
  @Override
  public String toString() {
    return "DerivedKeys[" + senderKey.length() + " octets each]";
  }
}
