package dev.moat.cli.client;

import dev.moat.cli.console.Console;
import dev.moat.cli.console.HelpFlag;
import dev.moat.coap.message.Code;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code moat get}, {@code put} and their like: one request, one outcome. */
@Command(sortOptions = false)
public final class RequestCommand implements Callable<Integer> {
  private final Code method;
  private final boolean observes;

  @Spec private CommandSpec spec;
  @Mixin HelpFlag help = new HelpFlag();
  @Mixin private RequestFlags flags;
  @Mixin private TransportFlags transport;
  @Mixin private SecurityFlags security;

  @Parameters(
      paramLabel = "URI",
      description =
          "scheme://host[:port]/path[?query]; the scheme is coap, coaps, coap+tcp, coaps+tcp, coap+ws or coaps+ws")
  private String uri = "";

  /** The command for {@code method}. */
  RequestCommand(Code method, boolean observes) {
    this.method = method;
    this.observes = observes;
  }

  @Override
  public Integer call() {
    RequestPlan plan = plan();
    Console console = Console.of(spec);
    try (OpenedSecurity opened = OpenedSecurity.of(security, transport, plan.target(), console)) {
      return new RequestRun(console, flags, transport).run(plan, opened);
    }
  }

  private RequestPlan plan() {
    if (observes && flags.subscribeSeconds == null) {
      flags.subscribeSeconds = Double.POSITIVE_INFINITY;
    }
    try {
      security.check();
      FlagChecks.check(flags, transport);
      return new RequestPlanner(flags, transport).plan(method, uri, System.in);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}
