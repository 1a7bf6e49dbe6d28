package dev.moat.cli.client;

import dev.moat.cli.edhoc.EdhocClientFlags;
import dev.moat.cli.oscore.OscoreFlags;
import dev.moat.cli.tls.TlsClientFlags;
import picocli.CommandLine.Mixin;

/**
 * Flags for security: a request that was meant to be protected never leaves in plaintext; what
 * cannot be done is refused.
 */
final class SecurityFlags {
  @Mixin TlsClientFlags tls = new TlsClientFlags();

  @Mixin OscoreFlags oscore = new OscoreFlags();

  @Mixin EdhocClientFlags edhoc = new EdhocClientFlags();

  /**
   * Refuses those that contradict each other.
   *
   * @throws IllegalArgumentException when one is present; the message names it
   */
  void check() {
    tls.check();
    oscore.check();
    edhoc.check();
    if (oscore.credentials().isEmpty() && !edhoc.given().isEmpty()) {
      throw new IllegalArgumentException(
          edhoc.given().get(0) + " concerns EDHOC, for which --credentials has to be there");
    }
  }

  /**
   * Refuses what cannot protect an Empty message.
   *
   * @throws IllegalArgumentException when one is present
   */
  void checkForPing(boolean secured) {
    if (!secured || oscore.isByFile()) {
      oscore.refuse("a ping: it is an Empty message, without code, options or payload");
    }
  }
}
