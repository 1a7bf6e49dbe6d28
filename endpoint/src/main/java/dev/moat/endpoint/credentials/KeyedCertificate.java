package dev.moat.endpoint.credentials;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A private key and the certificates that vouch for it.
 *
 * @param key of the first certificate
 * @param chain the end entity's certificate first, then those of the authorities that lead to a
 *     trust anchor, which itself may be left out
 */
public record KeyedCertificate(PrivateKey key, List<X509Certificate> chain) {
  /** Checks that there is a certificate. */
  public KeyedCertificate {
    chain = List.copyOf(chain);
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("a private key without certificate");
    }
  }

  /** The subject of the end entity's certificate; never the key. */
  @Override
  public String toString() {
    return "KeyedCertificate[" + chain.get(0).getSubjectX500Principal() + "]";
  }
}
