package dev.moat.cli.edhoc;

import dev.moat.edhoc.coap.EdhocMessages;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a client runs EDHOC where its credentials ask for it; picocli fills it in. */
public final class EdhocClientFlags {
  private static final String FORWARD = "forward";
  private static final String REVERSE = "reverse";

  @Option(
      names = "--edhoc-flow",
      paramLabel = "FLOW",
      description =
          "forward: this client is the EDHOC initiator (the default). reverse: the server is, and"
              + " chooses the method.")
  String flow = FORWARD;

  @Option(
      names = "--edhoc-method",
      paramLabel = "N",
      description =
          "EDHOC method, 0 to 4; the default is the one with the shortest messages that the keys"
              + " allow.")
  @Nullable Integer method;

  @Option(
      names = "--suites",
      paramLabel = "N[,N...]",
      split = ",",
      description =
          "EDHOC suites, the preferred one first; the default is all that the keys allow.")
  List<Integer> suites = List.of();

  @Option(
      names = "--edhoc-path",
      paramLabel = "PATH",
      description = "Where the server has its EDHOC resource; the default is ${DEFAULT-VALUE}.")
  String path = EdhocMessages.DEFAULT_PATH;

  @Option(
      names = "--no-combined",
      description = "Send EDHOC message_3 by itself instead of with the first request (RFC 9668).")
  boolean noCombined;

  @Option(names = "--message-4", description = "Wait for EDHOC message_4, which the server sends.")
  boolean message4;

  @Option(
      names = "--show-secrets",
      description = "Print the OSCORE Master Secret and Master Salt that EDHOC gave.")
  boolean showSecrets;

  /** Created by picocli. */
  public EdhocClientFlags() {}

  /**
   * Checks what can be checked without reading a file.
   *
   * @throws IllegalArgumentException when one is wrong
   */
  public void check() {
    if (!flow.equals(FORWARD) && !flow.equals(REVERSE)) {
      throw new IllegalArgumentException("--edhoc-flow takes forward or reverse");
    }
    if (isReverse() && method != null) {
      throw new IllegalArgumentException(
          "--edhoc-method goes with the forward flow; in the reverse flow the server chooses");
    }
    var unusedMethods = PolicyNumbers.methods("--edhoc-method", methods());
    var unusedSuites = PolicyNumbers.suites("--suites", suites);
    EdhocPaths.check(List.of(path));
  }

  /** The flags that are there, for who has to refuse them. */
  public List<String> given() {
    List<String> names = new ArrayList<>();
    add(names, "--edhoc-flow", !flow.equals(FORWARD));
    add(names, "--edhoc-method", method != null);
    add(names, "--suites", !suites.isEmpty());
    add(names, "--edhoc-path", !path.equals(EdhocMessages.DEFAULT_PATH));
    add(names, "--no-combined", noCombined);
    add(names, "--message-4", message4);
    add(names, "--show-secrets", showSecrets);
    return names;
  }

  private static void add(List<String> names, String name, boolean there) {
    if (there) {
      names.add(name);
    }
  }

  boolean isReverse() {
    return flow.equals(REVERSE);
  }

  /** One method, or none to leave it to the credentials. */
  List<Integer> methods() {
    return method == null ? List.of() : List.of(method);
  }
}
