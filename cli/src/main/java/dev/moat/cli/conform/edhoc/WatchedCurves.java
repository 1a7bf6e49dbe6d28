package dev.moat.cli.conform.edhoc;

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
import java.util.Optional;

/** Curves of production whose ephemeral keys are a vector's, and which tell what they compute. */
record WatchedCurves(Curves curves, Watch watch, Script script) implements Curves {
  @Override
  public String provider() {
    return curves.provider();
  }

  @Override
  public boolean supports(DhCurve curve) {
    return curves.supports(curve);
  }

  @Override
  public boolean supports(SignatureAlgorithm algorithm) {
    return curves.supports(algorithm);
  }

  @Override
  public DhPrivateKey generate(DhCurve curve, RandomSource random) {
    Optional<Bytes> scripted = script.ephemeral(curve);
    DhPrivateKey key =
        scripted.isPresent() ? ephemeral(curve, scripted.get()) : curves.generate(curve, random);
    watch.ephemeral(key.publicKey());
    return new WatchedDhKey(key, watch);
  }

  private DhPrivateKey ephemeral(DhCurve curve, Bytes octets) {
    try (SecretBytes secret = SecretBytes.copyOf(octets.toArray())) {
      return curves.privateKey(curve, secret);
    } catch (KeyMaterialException e) {
      throw new IllegalArgumentException("the ephemeral key: " + e.getMessage());
    }
  }

  @Override
  public DhPrivateKey privateKey(DhCurve curve, SecretBytes octets) throws KeyMaterialException {
    return new WatchedDhKey(curves.privateKey(curve, octets), watch);
  }

  @Override
  public DhPublicKey publicKey(DhCurve curve, Bytes coordinate) throws KeyMaterialException {
    return curves.publicKey(curve, coordinate);
  }

  @Override
  public SigningKey signingKey(SignatureAlgorithm algorithm, SecretBytes octets)
      throws KeyMaterialException {
    SigningKey key = curves.signingKey(algorithm, octets);
    return new Signer(key, curves.verificationKey(algorithm, key.publicKey()), watch, script);
  }

  @Override
  public VerificationKey verificationKey(SignatureAlgorithm algorithm, Bytes publicKey)
      throws KeyMaterialException {
    return new Verifier(curves.verificationKey(algorithm, publicKey), watch);
  }

  private record WatchedDhKey(DhPrivateKey key, Watch watch) implements DhPrivateKey {
    @Override
    public DhCurve curve() {
      return key.curve();
    }

    @Override
    public Bytes publicKey() {
      return key.publicKey();
    }

    @Override
    public SecretBytes agree(DhPublicKey peer) throws KeyMaterialException {
      SecretBytes shared = key.agree(peer);
      watch.agreed(shared.use(Bytes::copyOf));
      return shared;
    }

    @Override
    public void close() {
      key.close();
    }
  }

  private record Signer(SigningKey key, VerificationKey own, Watch watch, Script script)
      implements SigningKey {
    @Override
    public SignatureAlgorithm algorithm() {
      return key.algorithm();
    }

    @Override
    public Bytes publicKey() {
      return key.publicKey();
    }

    @Override
    public Bytes sign(Bytes message) {
      Bytes signature = script.signature(own, message, key.sign(message));
      watch.signed(message, signature);
      return signature;
    }

    @Override
    public void close() {
      key.close();
    }
  }

  private record Verifier(VerificationKey key, Watch watch) implements VerificationKey {
    @Override
    public SignatureAlgorithm algorithm() {
      return key.algorithm();
    }

    @Override
    public Bytes publicKey() {
      return key.publicKey();
    }

    @Override
    public boolean verify(Bytes message, Bytes signature) {
      boolean genuine = key.verify(message, signature);
      if (genuine) {
        watch.signed(message, signature);
      }
      return genuine;
    }
  }
}
