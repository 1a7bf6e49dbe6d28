package dev.moat.pki;

import dev.moat.bytes.Bytes;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CRL;
import java.security.cert.CertPath;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** Moat's octets as the JDK's certificates. */
final class JdkCertificates {
  private JdkCertificates() {}

  /** The factory also takes PEM and what follows a certificate, hence the comparison. */
  static X509Certificate certificate(Bytes der) throws MalformedException {
    try {
      var read = factory().generateCertificate(new ByteArrayInputStream(der.toArray()));
      if (read instanceof X509Certificate certificate
          && Bytes.owned(certificate.getEncoded()).equals(der)) {
        return certificate;
      }
      throw new MalformedException("malformed certificate");
    } catch (CertificateException malformed) {
      throw new MalformedException("malformed certificate");
    }
  }

  static CertPath path(List<Bytes> chain) throws MalformedException {
    List<X509Certificate> certificates = new ArrayList<>();
    for (Bytes der : chain) {
      certificates.add(certificate(der));
    }
    try {
      return factory().generateCertPath(certificates);
    } catch (CertificateException malformed) {
      throw new MalformedException("malformed chain of certificates");
    }
  }

  static X509CRL revocationList(Bytes der) throws MalformedException {
    try {
      CRL read = factory().generateCRL(new ByteArrayInputStream(der.toArray()));
      if (read instanceof X509CRL list && Bytes.owned(list.getEncoded()).equals(der)) {
        return list;
      }
      throw new MalformedException("malformed revocation list");
    } catch (GeneralSecurityException malformed) {
      throw new MalformedException("malformed revocation list");
    }
  }

  private static CertificateFactory factory() {
    try {
      return CertificateFactory.getInstance("X.509");
    } catch (CertificateException absent) {
      throw new IllegalStateException("the platform has no X.509", absent);
    }
  }
}
