package dev.moat.conformance.edhoc;

import dev.moat.bytes.Bytes;
import dev.moat.edhoc.run.EdhocSettings;
import dev.moat.edhoc.run.InitiatorRun;
import dev.moat.edhoc.run.InitiatorStep;
import dev.moat.edhoc.run.ResponderRun;
import dev.moat.edhoc.run.ResponderStep;
import dev.moat.edhoc.session.EdhocSession;
import dev.moat.edhoc.suite.Method;
import dev.moat.testkit.InsecureSeededRandom;
import java.util.Optional;

/** Two ends of two pipes: the state machines as they are, with nothing of CoAP around them. */
final class PipeCarrier {
  private static final InsecureSeededRandom RANDOM = new InsecureSeededRandom(21);

  private final FramedPipe there = new FramedPipe(RANDOM);
  private final FramedPipe back = new FramedPipe(RANDOM);
  private final EdhocSettings responder;
  private InitiatorRun initiating;
  private Optional<ResponderRun> responding = Optional.empty();
  private boolean awaitsMessage4;
  private Optional<EdhocSession> ofInitiator = Optional.empty();
  private Optional<EdhocSession> ofResponder = Optional.empty();

  private PipeCarrier(InitiatorRun initiating, EdhocSettings responder) {
    this.initiating = initiating;
    this.responder = responder;
  }

  static Carrier.Ending run(EdhocSettings initiator, EdhocSettings responder, Method method) {
    InitiatorRun run = InitiatorRun.begin(initiator, method, Honest.C_I, RANDOM);
    PipeCarrier carrier = new PipeCarrier(run, responder);
    carrier.there.send(run.message1());
    while (!carrier.there.isIdle() || !carrier.back.isIdle()) {
      carrier.there.receive().ifPresent(carrier::atResponder);
      carrier.back.receive().ifPresent(carrier::atInitiator);
    }
    return new Carrier.Ending(carrier.ofInitiator, carrier.ofResponder);
  }

  private void atResponder(Bytes message) {
    ResponderStep step =
        responding.isPresent()
            ? responding.get().onMessage3(message, Honest.NOW)
            : ResponderRun.receive(responder, message, cI -> Honest.C_R, RANDOM);
    if (step instanceof ResponderStep.SendMessage2 sending) {
      responding = Optional.of(sending.run());
      back.send(sending.message2());
    } else if (step instanceof ResponderStep.Completed completed) {
      ofResponder = Optional.of(completed.session());
      completed.message4().ifPresent(back::send);
    } else if (step instanceof ResponderStep.Rejected rejected) {
      rejected.errorMessage().ifPresent(back::send);
    }
  }

  private void atInitiator(Bytes message) {
    InitiatorStep step =
        awaitsMessage4
            ? initiating.onMessage4(message)
            : initiating.onMessage2(message, Honest.NOW);
    if (step instanceof InitiatorStep.SendMessage3 sending) {
      awaitsMessage4 = true;
      there.send(sending.message3());
    } else if (step instanceof InitiatorStep.Completed completed) {
      ofInitiator = Optional.of(completed.session());
    } else if (step instanceof InitiatorStep.Retry retry) {
      initiating = retry.next();
      there.send(initiating.message1());
    } else if (step instanceof InitiatorStep.Rejected rejected) {
      rejected.errorMessage().ifPresent(there::send);
    }
  }
}
