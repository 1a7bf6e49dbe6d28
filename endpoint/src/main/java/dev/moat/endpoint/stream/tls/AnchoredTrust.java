package dev.moat.endpoint.stream.tls;

import dev.moat.coap.service.ForeignText;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Believes certificates that lead to the given anchors and no others, by the JDK's PKIX validation
 * (RFC 5280, Section 6) with its rules for algorithms, key usage and extended key usage. Revocation
 * is not asked for: neither OCSP nor a CRL has a way to a constrained device (RFC 7252, Section
 * 9.1.3.3).
 */
final class AnchoredTrust extends X509ExtendedTrustManager {
  private final X509ExtendedTrustManager pkix;

  AnchoredTrust(Set<X509Certificate> anchors) throws GeneralSecurityException {
    Set<TrustAnchor> trusted =
        anchors.stream().map(anchor -> new TrustAnchor(anchor, null)).collect(Collectors.toSet());
    PKIXBuilderParameters parameters = new PKIXBuilderParameters(trusted, new X509CertSelector());
    parameters.setRevocationEnabled(false);
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(new CertPathTrustManagerParameters(parameters));
    this.pkix = (X509ExtendedTrustManager) factory.getTrustManagers()[0];
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    requireValidNow(chain[0], "client");
    try {
      pkix.checkClientTrusted(chain, authType, engine);
    } catch (CertificateException refused) {
      throw explained(refused, chain[0], "client");
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    requireValidNow(chain[0], "server");
    try {
      pkix.checkServerTrusted(chain, authType, engine);
    } catch (CertificateException refused) {
      throw explained(refused, chain[0], "server");
    }
    HostCheck.require(chain[0], engine.getPeerHost());
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return pkix.getAcceptedIssuers();
  }

  /** Also asked of a certificate that is itself an anchor, which the JDK takes as it is. */
  static void requireValidNow(X509Certificate certificate, String whose) throws RefusedCertificate {
    try {
      certificate.checkValidity();
    } catch (CertificateExpiredException expired) {
      throw new RefusedCertificate(
          "the " + whose + "'s certificate expired on " + day(certificate.getNotAfter()));
    } catch (CertificateNotYetValidException early) {
      throw new RefusedCertificate(
          "the " + whose + "'s certificate is not valid before " + day(certificate.getNotBefore()));
    }
  }

  private static RefusedCertificate explained(
      CertificateException refused, X509Certificate end, String whose) {
    CertPathValidatorException.Reason reason = reasonOf(refused);
    String said = String.valueOf(refused.getMessage()).toLowerCase(Locale.ROOT);
    String its = "the " + whose + "'s certificate ";
    if (reason == BasicReason.EXPIRED || reason == BasicReason.NOT_YET_VALID) {
      return new RefusedCertificate(its + "leads to an authority whose own is out of date");
    }
    if (reason == BasicReason.ALGORITHM_CONSTRAINED) {
      return new RefusedCertificate(its + "uses an algorithm that is too weak");
    }
    if (said.contains("usage")) {
      return new RefusedCertificate(its + "is not meant for TLS " + whose + "s (key usage)");
    }
    if (end.getSubjectX500Principal().equals(end.getIssuerX500Principal())) {
      return new RefusedCertificate(its + "is self-signed and not itself trusted here");
    }
    String issuer = ForeignText.printable(end.getIssuerX500Principal().getName());
    return new RefusedCertificate(
        its + "comes from an authority that is not trusted here: " + issuer);
  }

  private static CertPathValidatorException.Reason reasonOf(Throwable refused) {
    for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertPathValidatorException invalid) {
        return invalid.getReason();
      }
    }
    return BasicReason.UNSPECIFIED;
  }

  private static String day(java.util.Date date) {
    return date.toInstant().toString().substring(0, "2026-01-01".length());
  }

  // The JDK asks these for sockets without an engine, of which there are none here.

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new RefusedCertificate("a certificate without a connection is not believed");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new RefusedCertificate("a certificate without a connection is not believed");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw new RefusedCertificate("a certificate without an engine is not believed");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw new RefusedCertificate("a certificate without an engine is not believed");
  }
}
