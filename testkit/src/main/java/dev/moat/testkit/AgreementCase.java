package dev.moat.testkit;

import dev.moat.bytes.Bytes;
import java.util.List;

/**
 * One case of a wycheproof file for key agreement.
 *
 * @param id number and comment
 * @param flags what the case is about
 * @param publicKey the peer's: 32 octets for X25519, an encoded point (SEC 1) for P-256
 * @param privateKey 32 octets
 * @param sharedSecret 32 octets
 * @param valid false when it must be refused; true also when refusing it is acceptable
 */
public record AgreementCase(
    String id,
    List<String> flags,
    Bytes publicKey,
    Bytes privateKey,
    Bytes sharedSecret,
    boolean valid) {

  @Override
  public String toString() {
    return id;
  }
}
