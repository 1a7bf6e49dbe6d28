package dev.moat.crypto.bc;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.Curves;
import dev.moat.crypto.DhCurve;
import dev.moat.crypto.DhPrivateKey;
import dev.moat.crypto.DhPublicKey;
import dev.moat.crypto.KeyMaterialException;
import dev.moat.crypto.SignatureAlgorithm;
import dev.moat.crypto.SigningKey;
import dev.moat.crypto.VerificationKey;

/**
 * Asks a preferred provider for what it supports, and another, that supports more, for the rest.
 */
final class FastestCurves implements Curves {
  private final Curves preferred;
  private final Curves fallback;

  FastestCurves(Curves preferred, Curves fallback) {
    this.preferred = preferred;
    this.fallback = fallback;
  }

  /** Who does the work for {@code curve}. */
  Curves of(DhCurve curve) {
    return preferred.supports(curve) ? preferred : fallback;
  }

  /** Who does the work for {@code algorithm}. */
  Curves of(SignatureAlgorithm algorithm) {
    return preferred.supports(algorithm) ? preferred : fallback;
  }

  @Override
  public String provider() {
    return preferred.provider() + ", " + fallback.provider();
  }

  @Override
  public boolean supports(DhCurve curve) {
    return of(curve).supports(curve);
  }

  @Override
  public boolean supports(SignatureAlgorithm algorithm) {
    return of(algorithm).supports(algorithm);
  }

  @Override
  public DhPrivateKey generate(DhCurve curve, RandomSource random) {
    return of(curve).generate(curve, random);
  }

  @Override
  public DhPrivateKey privateKey(DhCurve curve, SecretBytes octets) throws KeyMaterialException {
    return of(curve).privateKey(curve, octets);
  }

  @Override
  public DhPublicKey publicKey(DhCurve curve, Bytes coordinate) throws KeyMaterialException {
    return of(curve).publicKey(curve, coordinate);
  }

  @Override
  public SigningKey signingKey(SignatureAlgorithm algorithm, SecretBytes octets)
      throws KeyMaterialException {
    return of(algorithm).signingKey(algorithm, octets);
  }

  @Override
  public VerificationKey verificationKey(SignatureAlgorithm algorithm, Bytes publicKey)
      throws KeyMaterialException {
    return of(algorithm).verificationKey(algorithm, publicKey);
  }
}
