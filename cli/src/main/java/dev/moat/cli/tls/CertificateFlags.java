package dev.moat.cli.tls;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Flags for certificates and raw public keys, of clients and servers; picocli fills them in. */
final class CertificateFlags {
  @Option(
      names = {"-c", "--certificate"},
      paramLabel = "FILE",
      description =
          "Own certificate, with those that lead to an authority behind it, PEM or DER. The private"
              + " key may be in the same file.")
  @Nullable Path certificate;

  @Option(
      names = {"-j", "--private-key"},
      paramLabel = "FILE",
      description = "Private key of the certificate of -c, when it is in another file.")
  @Nullable Path privateKey;

  @Option(
      names = {"-C", "-R", "--ca"},
      paramLabel = "FILE",
      description =
          "Certificates of authorities whose certificates count, PEM or DER. May be repeated. No"
              + " others count, those of the system neither.")
  List<Path> authorities = List.of();

  @Option(
      names = {"-M", "--raw-key"},
      paramLabel = "FILE",
      description = "Own raw public key (RFC 7250) with its private key, as PEM, JWK or COSE_Key.")
  @Nullable Path rawKey;

  @Option(
      names = "--peer-key",
      paramLabel = "FILE",
      description = "Raw public key of a peer that counts. May be repeated.")
  List<Path> peerKeys = List.of();

  /** The first flag that was given, to be named in messages. */
  Optional<String> given() {
    if (certificate != null) {
      return Optional.of("-c");
    }
    if (privateKey != null) {
      return Optional.of("-j");
    }
    if (!authorities.isEmpty()) {
      return Optional.of("-C");
    }
    if (rawKey != null) {
      return Optional.of("-M");
    }
    return peerKeys.isEmpty() ? Optional.empty() : Optional.of("--peer-key");
  }

  /** The first flag that shows something of this side. */
  Optional<String> shown() {
    if (certificate != null) {
      return Optional.of("-c");
    }
    return rawKey == null ? Optional.empty() : Optional.of("-M");
  }

  /** The first flag that says which peers count. */
  Optional<String> trusted() {
    if (!authorities.isEmpty()) {
      return Optional.of("-C");
    }
    return peerKeys.isEmpty() ? Optional.empty() : Optional.of("--peer-key");
  }

  /** The first flag that is for DTLS only, not for TLS. */
  Optional<String> onlyForDtls() {
    if (rawKey != null) {
      return Optional.of("-M");
    }
    return peerKeys.isEmpty() ? Optional.empty() : Optional.of("--peer-key");
  }

  /**
   * Checks what can be checked without reading a file.
   *
   * @throws IllegalArgumentException when flags contradict each other
   */
  void check() {
    if (privateKey != null && certificate == null) {
      throw new IllegalArgumentException("-j is the key of a certificate: add -c FILE");
    }
    if (certificate != null && rawKey != null) {
      throw new IllegalArgumentException(
          "show a certificate (-c) or a raw public key (-M), not both");
    }
  }

  void addTo(CredentialParts parts) {
    if (certificate != null) {
      parts.certificate(certificate, Optional.ofNullable(privateKey));
    }
    authorities.forEach(parts::trust);
    if (rawKey != null) {
      parts.rawKey(rawKey);
    }
    peerKeys.forEach(parts::trustRawKey);
  }
}
