package dev.moat.cli.edhoc;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.cli.console.Failure;
import dev.moat.cose.CoseException;
import dev.moat.crypto.Crypto;
import dev.moat.crypto.Curves;
import dev.moat.crypto.DhPrivateKey;
import dev.moat.crypto.HedgedRandom;
import dev.moat.crypto.KeyMaterialException;
import dev.moat.crypto.SigningKey;
import dev.moat.crypto.bc.PrimitivesChoice;
import dev.moat.edhoc.suite.AuthenticationKind;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;

/**
 * The system's random source with a long-term secret mixed in (RFC 8937), so that a broken or
 * cloned source alone does not give keys away.
 */
final class LongTermRandom {
  private static final RandomSource SYSTEM = new SecureRandom()::nextBytes;

  private LongTermRandom() {}

  /** By the first key in {@code credentials}, which stay the caller's. */
  static HedgedRandom of(EdhocCredentials credentials) {
    Bytes device = Bytes.utf8("process " + ProcessHandle.current().pid());
    Instant now = Clock.systemUTC().instant();
    Bytes unique = Bytes.utf8(now + " " + System.nanoTime());
    Crypto crypto = credentials.primitives().symmetric();
    return credentials.identities().isEmpty()
        ? HedgedRandom.of(crypto, SYSTEM, device, unique, credentials.shared().get(0).key())
        : of(crypto, device, unique, credentials.identities().get(0));
  }

  private static HedgedRandom of(Crypto crypto, Bytes device, Bytes unique, OwnIdentity own) {
    // Bouncy Castle's ECDSA is deterministic (RFC 6979): another would draw its nonce from the
    // very source that is to be mended.
    Curves curves = PrimitivesChoice.bouncyCastle().curves();
    try {
      if (own.use() == AuthenticationKind.SIGNATURE) {
        try (SigningKey key = own.key().signing(curves)) {
          return HedgedRandom.of(crypto, SYSTEM, device, unique, key);
        }
      }
      try (DhPrivateKey key = own.key().agreement(curves)) {
        return HedgedRandom.of(crypto, curves, SYSTEM, device, unique, key);
      }
    } catch (CoseException | KeyMaterialException e) {
      throw Failure.usage(
          "the private key is unusable: " + e.getMessage(), "Make a new one with 'moat keygen'.");
    }
  }
}
