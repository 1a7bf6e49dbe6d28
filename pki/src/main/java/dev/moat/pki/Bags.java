package dev.moat.pki;

import dev.moat.bytes.Bytes;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Orders of the certificates in a bag (RFC 9360, Section 2, x5bag). */
final class Bags {
  private Bags() {}

  /** One chain for each certificate that is no authority's, by the names of issuers. */
  static List<List<Bytes>> chains(List<Bytes> bag) throws MalformedException {
    List<X509Certificate> certificates = new ArrayList<>();
    for (Bytes der : bag) {
      certificates.add(JdkCertificates.certificate(der));
    }
    List<List<Bytes>> chains = new ArrayList<>();
    for (int i = 0; i < bag.size(); i++) {
      if (certificates.get(i).getBasicConstraints() < 0) {
        chains.add(chain(bag, certificates, i));
      }
    }
    return chains;
  }

  private static List<Bytes> chain(List<Bytes> bag, List<X509Certificate> certificates, int end) {
    List<Bytes> chain = new ArrayList<>();
    Optional<Integer> next = Optional.of(end);
    while (next.isPresent() && !chain.contains(bag.get(next.get()))) {
      int current = next.get();
      chain.add(bag.get(current));
      next = issuer(certificates, current);
    }
    return chain;
  }

  private static Optional<Integer> issuer(List<X509Certificate> certificates, int subject) {
    X509Certificate issued = certificates.get(subject);
    for (int i = 0; i < certificates.size(); i++) {
      X509Certificate candidate = certificates.get(i);
      boolean named = candidate.getSubjectX500Principal().equals(issued.getIssuerX500Principal());
      if (i != subject && named && candidate.getBasicConstraints() >= 0) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }
}
