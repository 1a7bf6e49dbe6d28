package dev.moat.foe.impostor;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.cbor.CborWriter;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.coap.EdhocBody;
import dev.moat.edhoc.message.ConnectionId;
import dev.moat.edhoc.message.EdhocError;
import dev.moat.edhoc.message.Message1;
import dev.moat.edhoc.message.SuitesField;
import dev.moat.edhoc.run.EdhocSettings;
import dev.moat.edhoc.run.InitiatorRun;
import dev.moat.edhoc.run.InitiatorStep;
import dev.moat.edhoc.run.ResponderRun;
import dev.moat.edhoc.run.ResponderStep;
import dev.moat.edhoc.session.EdhocSession;
import dev.moat.edhoc.suite.Method;
import dev.moat.foe.attack.Forger;
import dev.moat.foe.scenario.Craft;
import dev.moat.foe.scenario.Direction;
import dev.moat.foe.scenario.HandshakeMessage;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * An initiator towards the server and a responder towards the client, with ephemeral keys and an
 * authentication key of Foe's own. Where it has no session of its own, it makes messages that look
 * like genuine ones.
 */
public final class ImpostorEnds implements Forger {
  private static final Instant NOW = Instant.EPOCH;
  private static final ConnectionId OWN_ID = ConnectionId.of(0x0f);
  private static final int CIPHERTEXT_3_OCTETS = 26;
  private static final int CIPHERTEXT_4_OCTETS = 8;
  private static final String ERROR_TEXT = "Aborted";

  private final EdhocSettings settings;
  private final RandomSource random;
  private final Consumer<EdhocSession> completed;
  private Optional<Bytes> message1 = Optional.empty();
  private Optional<ConnectionId> cR = Optional.empty();
  private Optional<InitiatorRun> towardsServer = Optional.empty();
  private Optional<ResponderRun> towardsClient = Optional.empty();
  private Optional<Bytes> ownMessage3 = Optional.empty();

  /**
   * Has overheard nothing yet.
   *
   * @param settings of Foe
   * @param random for Foe's ephemeral keys
   * @param completed learns of sessions that Foe has the keys of
   */
  public ImpostorEnds(
      EdhocSettings settings, RandomSource random, Consumer<EdhocSession> completed) {
    this.settings = settings;
    this.random = random;
    this.completed = completed;
  }

  @Override
  public void overheard(HandshakeMessage message, Bytes payload) {
    try {
      var unused =
          EdhocBody.decode(payload)
              .fold(
                  () -> false,
                  first -> overheardFirst(first.message1()),
                  next -> overheardNext(next),
                  failure -> false);
    } catch (EdhocException malformed) {
      // A combined request, whose payload is another; it tells Foe nothing that it needs.
    }
  }

  private boolean overheardFirst(Bytes octets) {
    message1 = Optional.of(octets);
    return true;
  }

  private boolean overheardNext(EdhocBody.Next next) {
    cR = Optional.of(next.id());
    if (towardsClient.isPresent()
        && towardsClient.get().onMessage3(next.message(), NOW)
            instanceof ResponderStep.Completed done) {
      completed.accept(done.session());
    }
    return true;
  }

  @Override
  public void answered(Bytes payload) {
    if (towardsServer.isPresent()
        && !payload.isEmpty()
        && towardsServer.get().onMessage2(payload, NOW)
            instanceof InitiatorStep.SendMessage3 sending) {
      completed.accept(sending.session());
      ownMessage3 =
          Optional.of(new EdhocBody.Next(sending.session().cR(), sending.message3()).encoded());
    }
  }

  @Override
  public Optional<Bytes> make(Direction direction, Craft craft) {
    return craft.message() == HandshakeMessage.ERROR
        ? error(direction, craft)
        : make(craft.message());
  }

  private Optional<Bytes> make(HandshakeMessage message) {
    return switch (message) {
      case MESSAGE_1 -> Optional.of(ownMessage1());
      case MESSAGE_2 -> ownMessage2();
      case MESSAGE_3 -> ownMessage3.or(this::randomMessage3);
      case MESSAGE_4 -> Optional.of(byteString(CIPHERTEXT_4_OCTETS));
      case ERROR, DONE -> Optional.empty();
    };
  }

  private Bytes ownMessage1() {
    InitiatorRun run = InitiatorRun.begin(settings, Method.DH_DH, OWN_ID, random);
    towardsServer = Optional.of(run);
    return new EdhocBody.First(run.message1()).encoded();
  }

  private Optional<Bytes> ownMessage2() {
    if (message1.isPresent()
        && ResponderRun.receive(settings, message1.get(), cI -> OWN_ID, random)
            instanceof ResponderStep.SendMessage2 sending) {
      towardsClient = Optional.of(sending.run());
      return Optional.of(sending.message2());
    }
    return Optional.empty();
  }

  /** C_R goes before message_3 in clear; the rest is as good as any without the keys. */
  private Optional<Bytes> randomMessage3() {
    return cR.map(id -> new EdhocBody.Next(id, byteString(CIPHERTEXT_3_OCTETS)).encoded());
  }

  private Bytes byteString(int octets) {
    return new CborWriter().bytes(random.bytes(octets)).toBytes();
  }

  private Optional<Bytes> error(Direction direction, Craft craft) {
    EdhocError error =
        craft.suite().isPresent()
            ? new EdhocError.WrongSuite(SuitesField.of(craft.suite().getAsInt()))
            : new EdhocError.Unspecified(ERROR_TEXT);
    return direction == Direction.TO_CLIENT
        ? Optional.of(error.encoded())
        : cR.map(id -> new EdhocBody.Failure(id, error.encoded()).encoded());
  }

  @Override
  public Optional<Bytes> swap(HandshakeMessage message, Bytes payload, OptionalInt suite) {
    if (suite.isPresent()) {
      return message1.flatMap(octets -> offering(octets, suite.getAsInt()));
    }
    if (message == HandshakeMessage.MESSAGE_2) {
      answered(payload);
    }
    return make(message);
  }

  private static Optional<Bytes> offering(Bytes message1, int suite) {
    try {
      Message1 genuine = Message1.decode(message1);
      Message1 stripped =
          new Message1(
              genuine.method(), SuitesField.of(suite), genuine.gX(), genuine.cI(), genuine.ead1());
      return Optional.of(new EdhocBody.First(stripped.encoded()).encoded());
    } catch (EdhocException malformed) {
      return Optional.empty();
    }
  }
}
