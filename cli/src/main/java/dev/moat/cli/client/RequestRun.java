package dev.moat.cli.client;

import dev.moat.cli.console.Console;
import dev.moat.cli.console.Exit;
import dev.moat.cli.console.Failure;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Reply;
import dev.moat.coap.uri.CoapUri;
import java.util.Optional;

/** Sends one request and tells how it ended; follows an observation when there is one. */
final class RequestRun {
  private final Console console;
  private final RequestFlags flags;
  private final TransportFlags transport;

  RequestRun(Console console, RequestFlags flags, TransportFlags transport) {
    this.console = console;
    this.flags = flags;
    this.transport = transport;
  }

  /** Carries {@code plan} out, protected as asked for, and gives the exit status. */
  int run(RequestPlan plan, OpenedSecurity security) {
    CoapUri address = plan.target().destination().resolve();
    try (Session session = Session.open(console, transport, flags.blockSize, security)) {
      Outcome outcome = session.request(plan, address);
      OutcomeReport report =
          new OutcomeReport(
              console, plan.target(), transport.json, transport.verbosity, flags.output);
      Optional<Reply.Observed> observed = observed(outcome);
      if (observed.isPresent()) {
        return new Observing(report, flags.subscribeSeconds, session::close).follow(observed.get());
      }
      Optional<Failure> noContext = security.failure(outcome, plan.target());
      if (noContext.isPresent() && !transport.json) {
        throw noContext.get();
      }
      int status = report.tell(outcome);
      return flags.subscribeSeconds == null ? status : notObserved(status);
    }
  }

  private static Optional<Reply.Observed> observed(Outcome outcome) {
    return outcome.fold(
        responded ->
            responded.reply() instanceof Reply.Observed observed
                ? Optional.of(observed)
                : Optional.empty(),
        refused -> Optional.empty(),
        unknown -> Optional.empty());
  }

  private int notObserved(int status) {
    if (status == Exit.OK) {
      console.error(
          "the server did not add us to the observers (RFC 7641, Section 4.1)",
          "Read the resource repeatedly with moat get instead, or try again later.");
    }
    return Exit.FAILED;
  }
}
