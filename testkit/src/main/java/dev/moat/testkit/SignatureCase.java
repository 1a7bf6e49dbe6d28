package dev.moat.testkit;

import dev.moat.bytes.Bytes;

/**
 * One case of a wycheproof file for signatures.
 *
 * @param id number and comment
 * @param publicKey for ECDSA x and y of 32 octets each, for EdDSA the encoded point
 * @param message what was signed
 * @param signature the signature
 * @param valid false when it must be refused
 */
public record SignatureCase(
    String id, Bytes publicKey, Bytes message, Bytes signature, boolean valid) {

  @Override
  public String toString() {
    return id;
  }
}
