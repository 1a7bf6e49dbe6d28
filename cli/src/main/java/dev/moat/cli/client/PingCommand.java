package dev.moat.cli.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moat.cli.console.Console;
import dev.moat.cli.console.Exit;
import dev.moat.cli.console.HelpFlag;
import dev.moat.cli.console.Style;
import dev.moat.coap.uri.CoapUri;
import dev.moat.endpoint.PingOutcome;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code moat ping}: an Empty confirmable message, answered by a Reset (RFC 7252, Section 4.3), or
 * a Ping on a connection (RFC 8323, Section 5.4).
 */
@Command(
    name = "ping",
    header = "Ask whether a CoAP endpoint is there (RFC 7252, 4.3).",
    footer = {
      "",
      "Exit status: 0 when a pong came back, 1 when none did, 2 for wrong usage.",
      "",
      "Examples:",
      "  moat ping coap://localhost",
      "  moat ping --json coap://[2001:db8::1]:61616"
    },
    sortOptions = false)
public final class PingCommand implements Callable<Integer> {
  private static final double NANOS_PER_MILLISECOND = 1e6;

  @Spec private CommandSpec spec;
  @Mixin HelpFlag help = new HelpFlag();
  @Mixin private TransportFlags transport;
  @Mixin private SecurityFlags security;

  @Parameters(
      paramLabel = "URI",
      description =
          "scheme://host[:port]; the scheme is coap, coaps, coap+tcp, coaps+tcp, coap+ws or coaps+ws")
  private String uri = "";

  /** Created by picocli. */
  public PingCommand() {}

  @Override
  public Integer call() {
    Target target = target();
    Console console = Console.of(spec);
    try (OpenedSecurity opened = OpenedSecurity.of(security, transport, target, console)) {
      CoapUri address = target.destination().resolve();
      try (Session session = Session.open(console, transport, null, opened)) {
        PingOutcome outcome = session.ping(address);
        tell(console, target, outcome);
        return outcome instanceof PingOutcome.Pong ? Exit.OK : Exit.FAILED;
      }
    }
  }

  private Target target() {
    try {
      security.check();
      FlagChecks.check(transport);
      FlagChecks.refuseForPing(transport);
      Target target = Target.direct(uri);
      security.checkForPing(target.destination().scheme().isSecured());
      return target;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private void tell(Console console, Target target, PingOutcome outcome) {
    if (transport.json) {
      console.result(json(target, outcome).toPrettyString());
    } else if (outcome instanceof PingOutcome.Pong pong) {
      double time = milliseconds(pong.time());
      console.result(
          String.format(Locale.ROOT, "pong from %s after %.2f ms", target.origin(), time));
    } else if (outcome instanceof PingOutcome.NotSent none) {
      console.note(Style.BAD, "no pong from " + target.origin() + ": " + none.reason());
    } else {
      console.note(Style.BAD, "no pong from " + target.origin());
      console.note("  Check that the endpoint runs, the port, and firewalls on the way.");
    }
  }

  private static ObjectNode json(Target target, PingOutcome outcome) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("uri", target.uri());
    if (outcome instanceof PingOutcome.Pong pong) {
      return json.put("outcome", "pong").put("roundTripMilliseconds", milliseconds(pong.time()));
    }
    json.put("outcome", "lost");
    return outcome instanceof PingOutcome.NotSent none ? json.put("reason", none.reason()) : json;
  }

  private static double milliseconds(Duration time) {
    return time.toNanos() / NANOS_PER_MILLISECOND;
  }
}
