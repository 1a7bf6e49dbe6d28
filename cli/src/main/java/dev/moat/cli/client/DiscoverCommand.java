package dev.moat.cli.client;

import dev.moat.cli.console.Console;
import dev.moat.cli.console.Exit;
import dev.moat.cli.console.Failure;
import dev.moat.cli.console.HelpFlag;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.ContentFormat;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Response;
import dev.moat.coap.uri.CoapUri;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code moat discover}: the links in /.well-known/core (RFC 6690). */
@Command(
    name = "discover",
    header = "List the resources of a server (RFC 6690).",
    description = {
      "",
      "Reads /.well-known/core and prints a line per link. A query filters, as in ?rt=Type1 or"
          + " ?href=/path*.",
      ""
    },
    footer = {
      "",
      "Exit status: 0 when links came back, 1 when not, 2 for wrong usage.",
      "",
      "Examples:",
      "  moat discover coap://localhost",
      "  moat discover 'coap://localhost?rt=moat.*'",
      "  moat discover --json coap://[2001:db8::1]:61616"
    },
    sortOptions = false)
public final class DiscoverCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin HelpFlag help = new HelpFlag();
  @Mixin private TransportFlags transport;
  @Mixin private SecurityFlags security;

  @Parameters(paramLabel = "URI", description = "coap://host[:port][?filter]")
  private String uri = "";

  /** Created by picocli. */
  public DiscoverCommand() {}

  @Override
  public Integer call() {
    RequestPlan plan = plan();
    Console console = Console.of(spec);
    try (OpenedSecurity opened = OpenedSecurity.of(security, transport, plan.target(), console)) {
      return run(plan, opened, console);
    }
  }

  private int run(RequestPlan plan, OpenedSecurity opened, Console console) {
    CoapUri address = plan.target().destination().resolve();
    try (Session session = Session.open(console, transport, null, opened)) {
      Outcome outcome = session.request(plan, address);
      Optional<Failure> noContext = opened.failure(outcome, plan.target());
      if (noContext.isPresent() && !transport.json) {
        throw noContext.get();
      }
      Optional<Response> links = links(outcome);
      if (links.isPresent()) {
        new LinkList(console, transport.json).print(plan.target(), links.get().payload());
        return Exit.OK;
      }
      return new OutcomeReport(console, plan.target(), transport.json, transport.verbosity, null)
          .tell(outcome);
    }
  }

  private RequestPlan plan() {
    RequestFlags flags = new RequestFlags();
    flags.accept = Integer.toString(ContentFormat.LINK_FORMAT);
    try {
      security.check();
      FlagChecks.check(transport);
      return new RequestPlanner(flags, transport).plan(Code.GET, Target.wellKnown(uri), System.in);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private static Optional<Response> links(Outcome outcome) {
    return outcome.fold(
        responded -> Optional.of(responded.response()).filter(DiscoverCommand::hasLinks),
        refused -> Optional.empty(),
        unknown -> Optional.empty());
  }

  private static boolean hasLinks(Response response) {
    return response.code() == Code.CONTENT
        && response.options().contentFormat().orElse(-1) == ContentFormat.LINK_FORMAT;
  }
}
