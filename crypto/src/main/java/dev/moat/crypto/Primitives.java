package dev.moat.crypto;

/**
 * All primitives together. May be shared among threads.
 *
 * @param symmetric authenticated encryption, hashes and HKDF
 * @param curves key agreement and signatures
 * @param keccak SHAKE256 and KMAC256
 */
public record Primitives(Crypto symmetric, Curves curves, Keccak keccak) {}
