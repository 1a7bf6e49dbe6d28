package dev.moat.testkit;

import dev.moat.bytes.Bytes;

/**
 * One case of wycheproof-hkdf-sha256.json.
 *
 * @param id file and number
 * @param inputKeyingMaterial the secret
 * @param salt the salt
 * @param info the info
 * @param octets how much to derive
 * @param output what comes out
 * @param valid false when so much must be refused
 */
public record HkdfCase(
    String id,
    Bytes inputKeyingMaterial,
    Bytes salt,
    Bytes info,
    int octets,
    Bytes output,
    boolean valid) {

  @Override
  public String toString() {
    return id;
  }
}
