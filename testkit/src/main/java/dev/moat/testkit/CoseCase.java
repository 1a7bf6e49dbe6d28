package dev.moat.testkit;

import dev.moat.bytes.Bytes;
import java.util.Optional;

/**
 * One case of cose-examples.json.
 *
 * @param id its name
 * @param structure {@code COSE_Encrypt0} or {@code COSE_Sign1}
 * @param message the encoded structure
 * @param key the symmetric key; zero octets when there is none
 * @param algorithm the algorithm, as the examples name it
 * @param externalAad what the application authenticates besides
 * @param encStructure the Enc_structure of an Encrypt0 that could be computed
 * @param plaintext the plaintext of an Encrypt0
 * @param valid false when the message must be refused
 */
public record CoseCase(
    String id,
    String structure,
    Bytes message,
    Bytes key,
    String algorithm,
    Bytes externalAad,
    Optional<Bytes> encStructure,
    Bytes plaintext,
    boolean valid) {

  @Override
  public String toString() {
    return id;
  }
}
