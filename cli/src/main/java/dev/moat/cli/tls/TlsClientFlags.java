package dev.moat.cli.tls;

import dev.moat.cli.console.Console;
import dev.moat.cli.console.Failure;
import dev.moat.cli.entry.Entry;
import dev.moat.cli.entry.EntryMap;
import dev.moat.coap.uri.CoapUri;
import dev.moat.coap.uri.Scheme;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A client's flags for DTLS and TLS, as libcoap's client has them; picocli fills them in. */
public final class TlsClientFlags {
  @Mixin private SharedKeyFlags sharedKey = new SharedKeyFlags();
  @Mixin private CertificateFlags certificates = new CertificateFlags();

  @Option(
      names = {"-h", "--hint-file"},
      paramLabel = "FILE",
      description =
          "With coap-client, keys to be chosen by the server's identity hint. Refused: anyone can"
              + " send a hint, and clients must ignore it (RFC 4279, 5.2). Use --credentials.")
  private @Nullable Path hintFile;

  @Option(
      names = {"-n", "--no-verify"},
      description =
          "With coap-client, do not check the server's certificate. Refused: anyone could then answer"
              + " in its place.")
  private boolean unverified;

  /** Created by picocli. */
  public TlsClientFlags() {}

  /** The first flag that was given, to be named in messages. */
  private Optional<String> given() {
    return sharedKey.given().or(certificates::given);
  }

  /**
   * Checks what can be checked without reading a file.
   *
   * @throws IllegalArgumentException when flags are refused or contradict each other
   */
  public void check() {
    if (unverified) {
      throw new IllegalArgumentException(
          "-n is refused: without a check of the server's certificate, anyone on the path can answer"
              + " in its place. Nothing was sent; give its authority with -C (a self-signed"
              + " certificate is its own), or its raw public key with --peer-key");
    }
    if (hintFile != null) {
      throw new IllegalArgumentException(
          "-h is refused: whoever answers chooses the hint, and clients must ignore it (RFC 4279,"
              + " Section 5.2). Nothing was sent; give each server its key in a file for"
              + " --credentials");
    }
    sharedKey.check("a pre-shared key has an identity: add -u IDENTITY");
    certificates.check();
    Optional<String> shown = certificates.shown();
    if (shown.isPresent() && sharedKey.given().isPresent() && certificates.trusted().isEmpty()) {
      throw new IllegalArgumentException(
          shown.get()
              + " is shown to no server that is not known: beside a pre-shared key, add its"
              + " authority with -C or its raw public key with --peer-key, or leave "
              + shown.get()
              + " out");
    }
  }

  /**
   * Credentials for {@code next}, to which messages go.
   *
   * @param uri of the request, by which credentials files have them
   * @param files credentials files; may be empty, and have other kinds
   * @throws Failure when there are none for a secured scheme, or some for one without security:
   *     nothing was sent then
   */
  public OpenedCredentials open(
      String uri, CoapUri next, List<Path> files, boolean insecureFileMode, Console console) {
    CredentialParts parts = new CredentialParts(insecureFileMode, console);
    try {
      Optional<Entry> entry = entry(uri, files);
      checkPlace(next.scheme(), entry);
      if (sharedKey.user() != null) {
        parts.offer(sharedKey.user(), sharedKey.key(insecureFileMode));
      }
      certificates.addTo(parts);
      entry.ifPresent(one -> new TlsEntries(parts, insecureFileMode).addForClient(one));
      OpenedCredentials opened = new OpenedCredentials(parts);
      Enough.check(next, opened.credentials());
      return opened;
    } catch (RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  /** True when credentials files protect requests to {@code uri} by DTLS or TLS. */
  public static boolean areForTls(String uri, List<Path> files) {
    return entry(uri, files).isPresent();
  }

  private static Optional<Entry> entry(String uri, List<Path> files) {
    return TlsEntries.mayBeIn(files)
        ? EntryMap.read(files).forUri(uri).filter(TlsEntries::isForTls)
        : Optional.empty();
  }

  private void checkPlace(Scheme scheme, Optional<Entry> entry) {
    Optional<String> flag = given();
    if (flag.isPresent() && !scheme.isSecured()) {
      throw Failure.usage(
          flag.get() + " cannot protect " + scheme + "://, which has neither DTLS nor TLS",
          "Nothing was sent. Write coaps://, coaps+tcp:// or coaps+ws://, or leave "
              + flag.get()
              + " out to send without protection.");
    }
    if (entry.isPresent() && !scheme.isSecured()) {
      throw entry
          .get()
          .place()
          .misuse(
              "cannot protect " + scheme + "://, which has neither DTLS nor TLS",
              "Nothing was sent. Write coaps://, coaps+tcp:// or coaps+ws://.");
    }
    if (flag.isPresent() && entry.isPresent()) {
      throw Failure.usage(
          "there are credentials by " + flag.get() + " and in " + entry.get().place(),
          "Leave one of the two out.");
    }
  }
}
