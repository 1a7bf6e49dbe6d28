package dev.moat.endpoint.stream.tls;

import java.security.cert.CertificateException;

/** A certificate is not believed; the message is the sentence for people. No stack trace. */
final class RefusedCertificate extends CertificateException {
  private static final long serialVersionUID = 1;

  RefusedCertificate(String sentence) {
    super(sentence);
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
