package dev.moat.cli.edhoc;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.bytes.SecretBytes;
import dev.moat.cli.console.Console;
import dev.moat.cli.console.Exit;
import dev.moat.cli.console.Style;
import dev.moat.cose.credential.PinnedCredentials;
import dev.moat.crypto.Primitives;
import dev.moat.crypto.bc.PrimitivesChoice;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.message.ConnectionId;
import dev.moat.edhoc.psk.PskCredential;
import dev.moat.edhoc.run.EdhocSettings;
import dev.moat.edhoc.run.PskStore;
import dev.moat.edhoc.suite.CipherSuite;
import dev.moat.edhoc.suite.EdhocHash;
import dev.moat.edhoc.suite.Method;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** {@code moat edhoc run}: a handshake in this process, shown message by message. */
@Command(
    name = "run",
    header = "Run a handshake, in this process or with a server, and explain it.",
    description = {
      "",
      "Prints each message with its size in octets and its fields, what is inside of those that are"
          + " encrypted, and what both sides agree on. Without a URI both sides are in this process;"
          + " without options it is the handshake with the"
          + " smallest messages: method 3 with credentials by kid, of 37, 45 and 19 octets.",
      ""
    },
    footer = {
      "",
      "With a URI, --credentials say who to be and whom to expect; of the options for both sides"
          + " --method, --suite and --message-4 count.",
      "",
      "Exit status: 0 when both sides completed with equal keys, 1 when one refused, 2 for wrong"
          + " usage or a wrong file.",
      "",
      "Examples:",
      "  moat edhoc run",
      "  moat edhoc run --method 0 --suite 0 --cred-i x5t --cred-r x5chain --message-4",
      "  moat edhoc run --method 1 --suite 6,2 --ead 1:65000:0102 --padding 16",
      "  moat edhoc run coap://localhost --credentials phone.json --credentials lock.pub.json",
      "  moat edhoc run --cred-i phone.json --cred-r lock.json --show-secrets --json"
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class RunCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private RunOptions options = new RunOptions();

  @Mixin private RemoteOptions remote = new RemoteOptions();

  @Option(
      names = "--show-secrets",
      description = "Print the OSCORE Master Secret and Master Salt, too.")
  private boolean showSecrets;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  private final Primitives primitives = PrimitivesChoice.best();
  private final RandomSource random = new SecureRandom()::nextBytes;

  /** Created by picocli. */
  public RunCommand() {}

  @Override
  public Integer call() {
    try {
      return run();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private int run() {
    return remote.uri == null ? here() : with(remote.uri);
  }

  private int with(String uri) {
    ParseResult given = spec.commandLine().getParseResult();
    EdhocClientFlags flags = remote.flags(options, given, showSecrets);
    RemoteRun.Report run =
        new RemoteRun(uri, flags).run(remote.credentials, options.insecureFileMode);
    RemoteReport report = new RemoteReport(run);
    Console console = Console.of(spec);
    if (json) {
      console.result(report.json().toPrettyString());
    } else {
      report.print(console);
    }
    return Exit.OK;
  }

  private int here() {
    if (!remote.credentials.isEmpty()) {
      throw new IllegalArgumentException(
          "--credentials goes with a URI; without one, --cred-i and --cred-r take files");
    }
    Method method = options.method();
    if (method == Method.PSK) {
      return withSharedKey();
    }
    // Both sides have keys for the suite that comes first, and negotiate it.
    CipherSuite suite = options.suites().get(0);
    RunSide maker = new RunSide(primitives, random, options.insecureFileMode);
    int kid = random.below(24);
    OwnIdentity initiator =
        maker.of(Role.INITIATOR, options.credI, method.of(Role.INITIATOR), suite, Bytes.of(kid));
    OwnIdentity responder =
        maker.of(
            Role.RESPONDER, options.credR, method.of(Role.RESPONDER), suite, Bytes.of(0x20 + kid));
    ConnectionId cI = options.cI(random);
    ConnectionId cR = options.cR(cI, random);
    try (OpenedIdentity own = OpenedIdentity.of(initiator, primitives.curves());
        OpenedIdentity peer = OpenedIdentity.of(responder, primitives.curves());
        LocalHandshake.Outcome outcome =
            new LocalHandshake(settings(own, responder), settings(peer, initiator), random)
                .run(method, cI, cR)) {
      return report(
          new RunReport(outcome, List.of(initiator.idCred(), responder.idCred()), showSecrets));
    } finally {
      initiator.key().close();
      responder.key().close();
    }
  }

  /** The credentials are the key's, whatever the options for others say. */
  private int withSharedKey() {
    ConnectionId cI = options.cI(random);
    ConnectionId cR = options.cR(cI, random);
    EdhocHash hash = options.suites().get(0).hash();
    Bytes kid = random.bytes(2);
    try (SecretBytes key = SecretBytes.random(PskCredential.LEAST_OCTETS, random);
        PskCredential own = PskCredential.external(kid, key, "initiator", "responder", hash);
        PskCredential peer = PskCredential.external(kid, key, "responder", "initiator", hash);
        LocalHandshake.Outcome outcome =
            new LocalHandshake(settings(own), settings(peer), random).run(Method.PSK, cI, cR)) {
      return report(new RunReport(outcome, List.of(own.idCred(), peer.idCred()), showSecrets));
    }
  }

  private EdhocSettings settings(PskCredential key) {
    return settings(builder().psks(PskStore.of(key)));
  }

  private EdhocSettings settings(OpenedIdentity own, OwnIdentity peer) {
    return settings(
        builder()
            .identities(own.identity())
            .peers(PinnedCredentials.of(primitives.symmetric(), peer.credential())));
  }

  private EdhocSettings.Builder builder() {
    return EdhocSettings.builder(primitives, options.suites(), Set.of(options.method()));
  }

  private EdhocSettings settings(EdhocSettings.Builder credentials) {
    EdhocSettings.Builder builder =
        credentials
            .eadPolicy(EadOption.policy(options.ead.stream().map(EadOption::of).toList()))
            .padding(options.padding());
    return options.message4 ? builder.message4().build() : builder.build();
  }

  private int report(RunReport report) {
    Console console = Console.of(spec);
    if (json) {
      console.result(report.json().toPrettyString());
    } else {
      report.print(console);
      if (!showSecrets) {
        console.note(Style.FAINT, "keys are not shown; --show-secrets prints them");
      }
    }
    return report.isAgreed() ? Exit.OK : Exit.FAILED;
  }
}
