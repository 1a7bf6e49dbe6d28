package dev.moat.cose.credential;

import dev.moat.bytes.Bytes;
import dev.moat.cose.CoseException;
import dev.moat.cose.key.KeyUse;
import dev.moat.cose.key.PublicKey;
import dev.moat.cose.key.UsableKey;
import java.util.Optional;
import java.util.Set;

/**
 * What Moat reads of an X.509 certificate itself (RFC 5280, Section 4.1): the key, its usage and
 * the common name. All else is for path validation.
 *
 * @param key the subject's public key, with what its usage extension permits
 * @param commonName the last common name of the subject
 */
record CertificateFields(UsableKey key, Optional<String> commonName) {
  private static final Bytes COMMON_NAME = Bytes.hex("550403");

  /** Reads a certificate, all of whose octets must belong to it. */
  static CertificateFields read(Bytes der) throws CoseException {
    Der outer = new Der(der);
    Der certificate = outer.enter(Der.SEQUENCE);
    outer.end();
    Der body = certificate.enter(Der.SEQUENCE);
    if (body.nextIs(Der.CONTEXT_0)) {
      body.skip(Der.CONTEXT_0);
    }
    body.skip(Der.INTEGER); // serial number
    body.skip(Der.SEQUENCE); // algorithm
    body.skip(Der.SEQUENCE); // issuer
    body.skip(Der.SEQUENCE); // validity
    Der subject = body.enter(Der.SEQUENCE);
    PublicKey key = SubjectPublicKey.read(body.enter(Der.SEQUENCE));
    Optional<Set<KeyUse>> usage = KeyUsage.read(body);
    certificate.skip(Der.SEQUENCE);
    // Signatures are whole octets. The JDK takes a count of unused bits when these are zero anyway,
    // which would give one certificate two encodings.
    Der.requireWholeOctets(certificate.content(Der.BIT_STRING));
    certificate.end();
    return new CertificateFields(UsableKey.of(key, usage), commonName(subject));
  }

  private static Optional<String> commonName(Der subject) throws CoseException {
    Optional<String> found = Optional.empty();
    while (!subject.isAtEnd()) {
      Der names = subject.enter(Der.SET);
      while (!names.isAtEnd()) {
        Der attribute = names.enter(Der.SEQUENCE);
        Bytes type = attribute.content(Der.OBJECT_IDENTIFIER);
        Bytes value = attribute.next();
        if (type.equals(COMMON_NAME) && value.isUtf8()) {
          found = Optional.of(value.toUtf8());
        }
      }
    }
    return found;
  }
}
