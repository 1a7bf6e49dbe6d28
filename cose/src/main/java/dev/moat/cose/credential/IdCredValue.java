package dev.moat.cose.credential;

import dev.moat.bytes.Bytes;
import java.util.List;
import java.util.Optional;

/**
 * What stands behind the label of an {@link IdCred}.
 *
 * @param octets the byte strings: a key identifier, or certificates
 * @param hash a certificate's hash
 * @param uri where certificates are
 */
record IdCredValue(List<Bytes> octets, Optional<CertificateHash> hash, Optional<String> uri) {
  static IdCredValue none() {
    return of(List.of());
  }

  static IdCredValue of(List<Bytes> octets) {
    return new IdCredValue(octets, Optional.empty(), Optional.empty());
  }

  static IdCredValue of(CertificateHash hash) {
    return new IdCredValue(List.of(), Optional.of(hash), Optional.empty());
  }

  static IdCredValue ofUri(String uri) {
    return new IdCredValue(List.of(), Optional.empty(), Optional.of(uri));
  }
}
