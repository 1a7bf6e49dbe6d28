package dev.moat.cli.edhoc;

import dev.moat.cli.console.Console;
import dev.moat.edhoc.coap.EdhocMessages;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Flags for a server with which clients run EDHOC; picocli fills them in. */
public final class EdhocServerFlags {
  @Option(
      names = "--edhoc",
      paramLabel = "FILE",
      description =
          "Let clients establish OSCORE by EDHOC (RFC 9528), with the credentials in FILE: one's own"
              + " and those of peers, as 'moat keygen' writes them. May be repeated.")
  List<Path> files = List.of();

  @Option(
      names = "--edhoc-path",
      paramLabel = "PATH",
      description =
          "Have the EDHOC resource at PATH, too, such as /e, which saves octets. It always is at"
              + " /.well-known/edhoc.")
  List<String> paths = List.of();

  @Option(
      names = "--methods",
      paramLabel = "N[,N...]",
      split = ",",
      description =
          "Take these EDHOC methods only, 0 to 4; the default is all that the keys allow.")
  List<Integer> methods = List.of();

  @Option(
      names = "--suites",
      paramLabel = "N[,N...]",
      split = ",",
      description = "Take these EDHOC suites only, the preferred one first: 0 to 6, 24.")
  List<Integer> suites = List.of();

  @Option(names = "--message-4", description = "Send message_4, for which clients must wait.")
  boolean message4;

  @Option(
      names = "--reverse",
      description =
          "Take the reverse flow, too, in which the server is the initiator: by the first method"
              + " that fits.")
  boolean reverse;

  @Option(
      names = "--insecure-no-echo",
      description =
          "Answer handshakes at any length and under any load without asking for an Echo first: for"
              + " peers that do not know it. Anyone can then have this server flood others, and keep"
              + " it busy.")
  boolean insecureNoEcho;

  @Option(
      names = "--show-secrets",
      description = "Print the OSCORE Master Secret and Master Salt of each handshake.")
  boolean showSecrets;

  /** Created by picocli. */
  public EdhocServerFlags() {}

  /** True when clients are to run EDHOC. */
  public boolean given() {
    return !files.isEmpty();
  }

  /**
   * Checks what can be checked without reading a file.
   *
   * @throws IllegalArgumentException when flags are wrong or stand alone
   */
  public void check() {
    boolean others =
        !paths.isEmpty()
            || !methods.isEmpty()
            || !suites.isEmpty()
            || message4
            || reverse
            || insecureNoEcho
            || showSecrets;
    if (!given() && others) {
      throw new IllegalArgumentException(
          "--edhoc-path, --methods, --suites, --message-4, --reverse, --insecure-no-echo and"
              + " --show-secrets go with --edhoc FILE");
    }
    var unusedMethods = PolicyNumbers.methods("--methods", methods);
    var unusedSuites = PolicyNumbers.suites("--suites", suites);
    EdhocPaths.check(paths);
  }

  /** All paths of the resource. */
  String[] paths() {
    return Stream.concat(Stream.of(EdhocMessages.DEFAULT_PATH), paths.stream())
        .distinct()
        .toArray(String[]::new);
  }

  /** Reads the credentials; empty when no flag asks for EDHOC. */
  public Optional<EdhocServing> open(Console console, boolean insecureFileMode) {
    return given()
        ? Optional.of(EdhocServing.open(this, console, insecureFileMode))
        : Optional.empty();
  }
}
