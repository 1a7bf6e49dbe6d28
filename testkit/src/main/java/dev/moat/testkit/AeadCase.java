package dev.moat.testkit;

import dev.moat.bytes.Bytes;

/**
 * One case of aes-ccm-rfc3610.json or of a wycheproof file for authenticated encryption.
 *
 * @param id file and number
 * @param key the key
 * @param nonce the nonce
 * @param aad the additional data
 * @param plaintext the plaintext
 * @param ciphertextAndTag what sealing gives, or what opening refuses
 * @param tagOctets length of the tag
 * @param valid false when opening must fail
 */
public record AeadCase(
    String id,
    Bytes key,
    Bytes nonce,
    Bytes aad,
    Bytes plaintext,
    Bytes ciphertextAndTag,
    int tagOctets,
    boolean valid) {

  @Override
  public String toString() {
    return id;
  }
}
