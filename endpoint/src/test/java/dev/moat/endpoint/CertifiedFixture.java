package dev.moat.endpoint;

import dev.moat.bytes.Bytes;
import dev.moat.cose.credential.Credential;
import dev.moat.cose.credential.IdCred;
import dev.moat.cose.key.KeyCurve;
import dev.moat.cose.key.PrivateKey;
import dev.moat.cose.key.PublicKey;
import dev.moat.crypto.Primitives;
import dev.moat.crypto.bc.PrimitivesChoice;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.auth.Identity;
import dev.moat.edhoc.run.EdhocSettings;
import dev.moat.edhoc.suite.AuthenticationKind;
import dev.moat.edhoc.suite.CipherSuites;
import dev.moat.edhoc.suite.Method;
import dev.moat.pki.CertificateTrust;
import dev.moat.testkit.InsecureSeededRandom;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Two people whose certificates come of one root, by way of an authority below it, and who send
 * both certificates by value: suite 0, any method with public keys.
 */
public final class CertifiedFixture {
  private static final Primitives PRIMITIVES = PrimitivesChoice.bouncyCastle();
  private static final Date START = Date.from(Instant.parse("2025-01-01T00:00:00Z"));
  private static final Date END = Date.from(Instant.parse("2030-01-01T00:00:00Z"));
  private static final X500Name ROOT = new X500Name("CN=Moat test root");
  private static final X500Name BELOW = new X500Name("CN=Moat test authority");

  private final KeyPair root = authorityKeys();
  private final KeyPair below = authorityKeys();
  private final Method method;
  private final Identity initiator;
  private final Identity responder;

  public CertifiedFixture(int method) {
    this.method = Method.of(method).orElseThrow();
    this.initiator = person("initiator", this.method.of(Role.INITIATOR), 1);
    this.responder = person("responder", this.method.of(Role.RESPONDER), 2);
  }

  public Method method() {
    return method;
  }

  public EdhocSettings asInitiator() {
    return settings(initiator);
  }

  public EdhocSettings asResponder() {
    return settings(responder);
  }

  private EdhocSettings settings(Identity own) {
    try {
      Bytes anchor = certificate(ROOT, root, ROOT, info(root), KeyUsage.keyCertSign);
      return EdhocSettings.builder(
              PRIMITIVES, List.of(CipherSuites.standard().require(0)), Set.of(method))
          .identities(own)
          .peers(CertificateTrust.builder(PRIMITIVES.symmetric()).anchor(anchor).build())
          .build();
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  private Identity person(String name, AuthenticationKind kind, int seed) {
    boolean signs = kind == AuthenticationKind.SIGNATURE;
    PrivateKey key =
        PrivateKey.generate(
            signs ? KeyCurve.ED25519 : KeyCurve.X25519,
            PRIMITIVES.curves(),
            new InsecureSeededRandom(seed));
    int usage = signs ? KeyUsage.digitalSignature : KeyUsage.keyAgreement;
    try {
      List<Bytes> chain =
          List.of(
              certificate(
                  BELOW, below, new X500Name("CN=" + name), info(key.publicKey(), signs), usage),
              certificate(ROOT, root, BELOW, info(below), KeyUsage.keyCertSign));
      Credential credential = Credential.x509Chain(chain);
      IdCred named = IdCred.x5chain(chain);
      return signs
          ? Identity.signing(named, credential, key.signing(PRIMITIVES.curves()))
          : Identity.staticDh(named, credential, key.agreement(PRIMITIVES.curves()));
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static Bytes certificate(
      X500Name issuer, KeyPair signer, X500Name subject, SubjectPublicKeyInfo key, int usage)
      throws Exception {
    X509v3CertificateBuilder builder =
        new X509v3CertificateBuilder(issuer, BigInteger.TWO, START, END, subject, key);
    if (usage == KeyUsage.keyCertSign) {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
    }
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
    return Bytes.owned(
        builder
            .build(new JcaContentSignerBuilder("Ed25519").build(signer.getPrivate()))
            .getEncoded());
  }

  private static SubjectPublicKeyInfo info(PublicKey key, boolean signs) {
    ASN1ObjectIdentifier algorithm =
        signs ? EdECObjectIdentifiers.id_Ed25519 : EdECObjectIdentifiers.id_X25519;
    return new SubjectPublicKeyInfo(new AlgorithmIdentifier(algorithm), key.x().toArray());
  }

  private static SubjectPublicKeyInfo info(KeyPair keys) {
    return SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded());
  }

  /** Random: nothing depends on them. */
  private static KeyPair authorityKeys() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }
}
