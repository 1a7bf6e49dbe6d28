package dev.moat.cli.tls;

import dev.moat.cli.console.Console;
import dev.moat.cli.console.Failure;
import dev.moat.cli.entry.Entry;
import dev.moat.cli.entry.EntryMap;
import dev.moat.endpoint.credentials.Credentials;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A server's flags for DTLS and TLS, as libcoap's server has them; picocli fills them in. */
public final class TlsServerFlags {
  private static final String DEFAULT_HINT = "CoAP";

  @Mixin private SharedKeyFlags sharedKey = new SharedKeyFlags();
  @Mixin private CertificateFlags certificates = new CertificateFlags();

  @Option(
      names = {"-i", "--identities"},
      paramLabel = "FILE",
      description = "Pre-shared keys of many clients: hint,identity,key on each line.")
  private @Nullable Path identities;

  @Option(
      names = {"-h", "--hint"},
      paramLabel = "HINT",
      description =
          "Which lines of -i count; the default is CoAP. Hints are not sent: servers should not"
              + " (RFC 4279, 5.2).")
  private @Nullable String hint;

  @Option(
      names = {"-n", "--anonymous-clients"},
      description =
          "Serve clients without a certificate, too. The lock does not obey them; a certificate that"
              + " is shown is checked all the same.")
  private boolean anonymousClients;

  /** Created by picocli. */
  public TlsServerFlags() {}

  /** The first flag with credentials, to be named in messages. */
  public Optional<String> given() {
    return sharedKey.given().or(this::identityFile).or(certificates::given);
  }

  /** The first flag with credentials that are for DTLS only, not for TLS. */
  public Optional<String> onlyForDtls() {
    return sharedKey.given().or(this::identityFile).or(certificates::onlyForDtls);
  }

  private Optional<String> identityFile() {
    return identities == null ? Optional.empty() : Optional.of("-i");
  }

  /**
   * Checks what can be checked without reading a file.
   *
   * @throws IllegalArgumentException when flags contradict each other
   */
  public void check() {
    sharedKey.check(
        "whose key is it? Add -u IDENTITY: who did what is known by it, so that no key is for"
            + " everyone; -i FILE takes many");
    certificates.check();
    if (anonymousClients && certificates.certificate == null && certificates.rawKey == null) {
      throw new IllegalArgumentException(
          "-n is for clients without a certificate, and needs one of the server: add -c FILE");
    }
  }

  /**
   * The credentials of flags and files.
   *
   * @param files credentials files; may be empty, and have other kinds
   * @throws Failure when one is wrong
   */
  public OpenedCredentials open(List<Path> files, boolean insecureFileMode, Console console) {
    CredentialParts parts = new CredentialParts(insecureFileMode, console);
    try {
      if (sharedKey.user() != null) {
        parts.accept(sharedKey.user(), sharedKey.key(insecureFileMode));
      }
      if (hint != null) {
        console.note("the hint of -h is not sent: clients must ignore it (RFC 4279, Section 5.2)");
      }
      if (identities != null) {
        String counts = Optional.ofNullable(hint).orElse(DEFAULT_HINT);
        IdentityFile.read(identities, counts, insecureFileMode, parts);
      }
      certificates.addTo(parts);
      if (anonymousClients) {
        parts.allowAnonymousClients();
      }
      addFiles(files, new TlsEntries(parts, insecureFileMode));
      OpenedCredentials opened = new OpenedCredentials(parts);
      checkUse(opened.credentials());
      return opened;
    } catch (RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  /** Who shows nothing takes part in no handshake with certificates or raw public keys. */
  private void checkUse(Credentials credentials) {
    Optional<String> trusted = certificates.trusted();
    boolean shows = credentials.certificate().isPresent() || credentials.rawKey().isPresent();
    if (trusted.isPresent() && !shows) {
      throw Failure.usage(
          trusted.get()
              + " is of no use: without a certificate or raw public key of its own, a"
              + " server asks no client for one",
          "Add -c FILE or -M FILE, or leave " + trusted.get() + " out.");
    }
  }

  private static void addFiles(List<Path> files, TlsEntries entries) {
    if (TlsEntries.mayBeIn(files)) {
      for (Entry entry : EntryMap.read(files).all()) {
        String kind = entry.kind();
        if (TlsEntries.isKind(kind)) {
          entries.addForServer(entry);
        } else if (!kind.contains("oscore")) {
          throw entry
              .place()
              .misuse(
                  "has credentials of the kind " + kind,
                  "Known are dtls, tlscert, x509, rpk and oscore.");
        }
      }
    }
  }
}
