package dev.moat.cost.device;

/**
 * How often one side did what.
 *
 * @param keyGenerations ephemeral key pairs made: each one multiplication with the base point
 * @param agreements Diffie-Hellman secrets computed: each one multiplication with a peer's point
 * @param signatures signatures made
 * @param verifications signatures checked
 * @param hashes messages hashed, those inside of HMAC not counted
 * @param extracts HKDF-Extract, each one HMAC (RFC 5869, Section 2.2)
 * @param expands HKDF-Expand
 * @param hmacs HMACs that those took: for an expansion one for each block of output
 * @param seals AEAD encryptions
 * @param opens AEAD decryptions
 * @param keccaks SHAKE256 and KMAC256, with the suites that have them
 */
public record CryptoOperations(
    int keyGenerations,
    int agreements,
    int signatures,
    int verifications,
    int hashes,
    int extracts,
    int expands,
    int hmacs,
    int seals,
    int opens,
    int keccaks) {

  /** Operations with points of a curve: what dominates time and energy of the processor. */
  public int publicKeyOperations() {
    return keyGenerations + agreements + signatures + verifications;
  }
}
