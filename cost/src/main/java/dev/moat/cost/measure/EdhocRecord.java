package dev.moat.cost.measure;

import dev.moat.cost.exchange.EdhocShape;
import dev.moat.cost.exchange.EdhocShape.Begins;
import dev.moat.cost.exchange.EdhocShape.Flow;
import dev.moat.cost.exchange.EdhocShape.PathForm;
import dev.moat.cost.exchange.ExchangeMessage;
import dev.moat.cost.exchange.Origin;
import dev.moat.cost.exchange.Protocol;
import dev.moat.cost.exchange.RecordedExchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes an exchange of what went by, when that is what its shape has. */
final class EdhocRecord {
  private static final String STEP = "reading the record";

  private EdhocRecord() {}

  /**
   * The exchange on {@code way}, which is over.
   *
   * @throws MeasurementFailure when something is missing, came twice or does not belong there
   */
  static RecordedExchange of(EdhocShape shape, RecordedPath way) {
    List<ExchangeMessage> messages = read(shape, way);
    requireWhole(shape, messages);
    return new RecordedExchange(
        shape.id(),
        title(shape),
        Protocol.EDHOC,
        Origin.MEASURED,
        "sent over UDP in this run",
        Optional.of(shape),
        messages);
  }

  private static List<ExchangeMessage> read(EdhocShape shape, RecordedPath way) {
    try {
      return ExchangeReader.read(way.recorded(), EdhocRig.clientIsDevice(shape));
    } catch (IllegalStateException | IllegalArgumentException broken) {
      throw new MeasurementFailure(shape.id(), STEP, broken);
    }
  }

  private static void requireWhole(EdhocShape shape, List<ExchangeMessage> messages) {
    List<String> sent = messages.stream().map(ExchangeMessage::name).toList();
    List<String> unchallenged = new ArrayList<>(sent);
    int challenge = unchallenged.indexOf(ExchangeReader.CHALLENGE);
    if (challenge > 0) { // with the request that it answers, which comes again
      unchallenged.subList(challenge - 1, challenge + 1).clear();
    }
    List<String> expected = EdhocRig.messageNames(shape);
    if (!unchallenged.equals(expected)) {
      throw new MeasurementFailure(
          shape.id(), STEP, "expected " + expected + ", but sent were " + sent);
    }
  }

  private static String title(EdhocShape shape) {
    String credentials =
        shape.initiator() == shape.responder()
            ? shape.initiator().toString()
            : shape.initiator() + "/" + shape.responder();
    return "EDHOC method %d, %s, suite %d, %s path, %s%s"
        .formatted(
            shape.method(),
            credentials,
            shape.suite(),
            shape.path() == PathForm.SHORT ? "short" : "default",
            shape.flow() == Flow.COMBINED ? "combined" : "sequential",
            shape.begins() == Begins.NETWORK ? ", network begins" : "");
  }
}
