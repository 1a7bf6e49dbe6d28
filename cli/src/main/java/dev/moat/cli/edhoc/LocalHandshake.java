package dev.moat.cli.edhoc;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.cli.console.Failure;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.message.ConnectionId;
import dev.moat.edhoc.run.EdhocSettings;
import dev.moat.edhoc.run.InitiatorRun;
import dev.moat.edhoc.run.InitiatorStep;
import dev.moat.edhoc.run.ResponderRun;
import dev.moat.edhoc.run.ResponderStep;
import dev.moat.edhoc.session.EdhocSession;
import dev.moat.edhoc.suite.Method;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A handshake between two sides in this process. */
final class LocalHandshake {
  private final EdhocSettings initiator;
  private final EdhocSettings responder;
  private final RandomSource random;

  LocalHandshake(EdhocSettings initiator, EdhocSettings responder, RandomSource random) {
    this.initiator = initiator;
    this.responder = responder;
    this.random = random;
  }

  /**
   * What was sent, and what both sides have of it.
   *
   * @param messages message_1 and those that follow
   * @param initiator the initiator's session, closed with this
   * @param responder the responder's session, closed with this
   */
  record Outcome(List<Bytes> messages, EdhocSession initiator, EdhocSession responder)
      implements AutoCloseable {
    @Override
    public void close() {
      initiator.close();
      responder.close();
    }
  }

  /**
   * Runs it to its end.
   *
   * @throws Failure when one side refuses
   */
  Outcome run(Method method, ConnectionId cI, ConnectionId cR) {
    List<Bytes> messages = new ArrayList<>();
    try (InitiatorRun first = InitiatorRun.begin(initiator, method, cI, random)) {
      messages.add(first.message1());
      ResponderStep.SendMessage2 second = message2(first.message1(), cR);
      try (ResponderRun waiting = second.run()) {
        messages.add(second.message2());
        InitiatorStep.SendMessage3 third = message3(first, second.message2());
        messages.add(third.message3());
        ResponderStep.Completed completed = completed(waiting, third.message3());
        EdhocSession session = third.session();
        Optional<Bytes> message4 = completed.message4();
        if (message4.isPresent()) {
          messages.add(message4.get());
          session = confirmed(first, message4.get());
        }
        return new Outcome(messages, session, completed.session());
      }
    }
  }

  private ResponderStep.SendMessage2 message2(Bytes message1, ConnectionId cR) {
    ResponderStep step = ResponderRun.receive(responder, message1, cI -> cR, random);
    if (step instanceof ResponderStep.SendMessage2 send) {
      return send;
    }
    throw refused("responder", "message_1", reason(step));
  }

  private static InitiatorStep.SendMessage3 message3(InitiatorRun run, Bytes message2) {
    InitiatorStep step = run.onMessage2(message2, Instant.now());
    if (step instanceof InitiatorStep.SendMessage3 send) {
      return send;
    }
    throw refused("initiator", "message_2", reason(step));
  }

  private static ResponderStep.Completed completed(ResponderRun run, Bytes message3) {
    ResponderStep step = run.onMessage3(message3, Instant.now());
    if (step instanceof ResponderStep.Completed completed) {
      return completed;
    }
    throw refused("responder", "message_3", reason(step));
  }

  private static EdhocSession confirmed(InitiatorRun run, Bytes message4) {
    InitiatorStep step = run.onMessage4(message4);
    if (step instanceof InitiatorStep.Completed completed) {
      return completed.session();
    }
    throw refused("initiator", "message_4", reason(step));
  }

  private static Optional<EdhocException> reason(InitiatorStep step) {
    return step instanceof InitiatorStep.Rejected rejected
        ? Optional.of(rejected.why())
        : Optional.empty();
  }

  private static Optional<EdhocException> reason(ResponderStep step) {
    return step instanceof ResponderStep.Rejected rejected
        ? Optional.of(rejected.why())
        : Optional.empty();
  }

  private static Failure refused(String side, String message, Optional<EdhocException> why) {
    String rule =
        why.map(one -> one.getMessage() + " (RFC 9528, " + one.reason().section() + ")")
            .orElse("no reason is given");
    return new Failure(
        "the " + side + " refused " + message + ": " + rule,
        "Do method, suites and credentials of both sides fit together?");
  }
}
