package dev.moat.cli.client;

import dev.moat.cli.edhoc.EdhocClientFlags;
import dev.moat.cli.oscore.OscoreFlags;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Flags for security. Those for what Moat does not have yet are known so that they can be refused:
 * a request that was meant to be protected never leaves in plaintext.
 */
final class SecurityFlags {
  @Option(
      names = {"-k", "--key"},
      paramLabel = "KEY",
      description = "Pre-shared key for DTLS. Not yet supported: refused.")
  @Nullable String key;

  @Option(
      names = {"-u", "--user"},
      paramLabel = "IDENTITY",
      description = "Pre-shared key identity for DTLS. Not yet supported: refused.")
  @Nullable String user;

  @Option(
      names = {"-c", "--certificate"},
      paramLabel = "FILE",
      description = "Certificate for DTLS. Not yet supported: refused.")
  @Nullable String certificate;

  @Option(
      names = {"-j", "--private-key"},
      paramLabel = "FILE",
      description = "Private key for DTLS. Not yet supported: refused.")
  @Nullable String privateKey;

  @Option(
      names = {"-C", "--ca"},
      paramLabel = "FILE",
      description = "Trusted certificates for DTLS. Not yet supported: refused.")
  @Nullable String authority;

  @Mixin OscoreFlags oscore = new OscoreFlags();

  @Mixin EdhocClientFlags edhoc = new EdhocClientFlags();

  /**
   * Refuses those that ask for what is not there yet, and those that contradict each other.
   *
   * @throws IllegalArgumentException when one is present; the message names it
   */
  void check() {
    refuse("-k", key, "DTLS");
    refuse("-u", user, "DTLS");
    refuse("-c", certificate, "DTLS");
    refuse("-j", privateKey, "DTLS");
    refuse("-C", authority, "DTLS");
    oscore.check();
    edhoc.check();
    if (oscore.credentials().isEmpty() && !edhoc.given().isEmpty()) {
      throw new IllegalArgumentException(
          edhoc.given().get(0) + " concerns EDHOC, for which --credentials has to be there");
    }
  }

  private static void refuse(String flag, @Nullable String value, String security) {
    if (value != null) {
      throw new IllegalArgumentException(
          flag
              + " is not yet supported: "
              + security
              + " arrives in a later version. Nothing was sent; leave "
              + flag
              + " out to send without protection");
    }
  }
}
