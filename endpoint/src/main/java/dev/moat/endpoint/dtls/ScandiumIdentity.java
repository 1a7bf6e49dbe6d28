package dev.moat.endpoint.dtls;

import dev.moat.endpoint.credentials.Credentials;
import dev.moat.endpoint.credentials.KeyedCertificate;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.eclipse.californium.scandium.dtls.CertificateIdentityResult;
import org.eclipse.californium.scandium.dtls.CertificateType;
import org.eclipse.californium.scandium.dtls.ConnectionId;
import org.eclipse.californium.scandium.dtls.HandshakeResultHandler;
import org.eclipse.californium.scandium.dtls.SignatureAndHashAlgorithm;
import org.eclipse.californium.scandium.dtls.cipher.CipherSuite.CertificateKeyAlgorithm;
import org.eclipse.californium.scandium.dtls.cipher.XECDHECryptography.SupportedGroup;
import org.eclipse.californium.scandium.dtls.x509.CertificateProvider;
import org.eclipse.californium.scandium.util.ServerNames;
import org.jspecify.annotations.Nullable;

/** What we show: a certificate, a raw public key, one key pair as both, or nothing. */
final class ScandiumIdentity implements CertificateProvider {
  private final @Nullable PrivateKey privateKey;
  private final @Nullable PublicKey publicKey;
  private final List<X509Certificate> chain;
  private final List<CertificateType> types = new ArrayList<>();
  private final CertificateKeyAlgorithm algorithm;

  /**
   * What {@code credentials} have to show.
   *
   * @throws IllegalArgumentException when a certificate and a raw public key are of different key
   *     pairs: the library asks for one before it tells which is wanted
   */
  ScandiumIdentity(Credentials credentials) {
    Optional<KeyPair> raw = credentials.rawKey();
    Optional<KeyedCertificate> certificate = credentials.certificate();
    chain = certificate.map(KeyedCertificate::chain).orElse(List.of());
    privateKey =
        certificate.map(KeyedCertificate::key).or(() -> raw.map(KeyPair::getPrivate)).orElse(null);
    publicKey =
        chain.isEmpty() ? raw.map(KeyPair::getPublic).orElse(null) : chain.get(0).getPublicKey();
    if (raw.isPresent() && !raw.get().getPublic().equals(publicKey)) {
      throw new IllegalArgumentException(
          "with DTLS, a certificate and a raw public key must be of the same key pair");
    }
    if (raw.isPresent()) {
      types.add(CertificateType.RAW_PUBLIC_KEY);
    }
    if (certificate.isPresent()) {
      types.add(CertificateType.X_509);
    }
    algorithm =
        publicKey == null
            ? CertificateKeyAlgorithm.EC
            : CertificateKeyAlgorithm.getAlgorithm(publicKey);
  }

  /** True when there is something to show. */
  boolean isPresent() {
    return publicKey != null;
  }

  CertificateKeyAlgorithm algorithm() {
    return algorithm;
  }

  @Override
  public List<CertificateKeyAlgorithm> getSupportedCertificateKeyAlgorithms() {
    return List.of(algorithm);
  }

  @Override
  public List<CertificateType> getSupportedCertificateTypes() {
    return types.isEmpty() ? List.of(CertificateType.X_509) : List.copyOf(types);
  }

  @Override
  public CertificateIdentityResult requestCertificateIdentity(
      ConnectionId connection,
      boolean client,
      @Nullable List<X500Principal> issuers,
      @Nullable ServerNames serverNames,
      @Nullable List<CertificateKeyAlgorithm> keyAlgorithms,
      @Nullable List<SignatureAndHashAlgorithm> signatureAlgorithms,
      @Nullable List<SupportedGroup> groups) {
    if (privateKey == null || publicKey == null) {
      return new CertificateIdentityResult(connection);
    }
    return chain.isEmpty()
        ? new CertificateIdentityResult(connection, privateKey, publicKey)
        : new CertificateIdentityResult(connection, privateKey, chain);
  }

  @Override
  public void setResultHandler(HandshakeResultHandler handler) {}
}
