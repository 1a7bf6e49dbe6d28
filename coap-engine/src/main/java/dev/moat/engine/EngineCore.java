package dev.moat.engine;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.coap.codec.UdpCodec;
import dev.moat.coap.message.Message;
import dev.moat.coap.message.MessageType;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionRegistry;
import dev.moat.coap.option.Options;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Peer;
import dev.moat.engine.EngineEvent.Why;
import dev.moat.engine.amplification.AddressLedger;
import dev.moat.engine.dedup.DedupLimits;
import dev.moat.engine.dedup.DedupTable;
import dev.moat.engine.dedup.Remembered;
import dev.moat.engine.echo.EchoMint;
import dev.moat.engine.reliability.Deadline;
import dev.moat.engine.reliability.Deadlines;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/** What the machines of one engine share. Owned by its {@link CoapEngine}. */
final class EngineCore {
  private static final long SECOND = 1_000_000_000L;

  final EngineConfig config;
  final RandomSource random;
  final EventSink events;
  final Queue<Output> outputs = new ArrayDeque<>();
  final Deadlines deadlines = new Deadlines();
  final EchoMint mint;
  final DedupTable dedup;
  final AddressLedger ledger;
  final Remotes remotes;
  private final Housekeeping housekeeping = new Housekeeping();

  EngineCore(EngineConfig config, RandomSource random, EventSink events) {
    this.config = config;
    this.random = random;
    this.events = events;
    EngineLimits limits = config.limits();
    AmplificationPolicy policy = config.amplification();
    mint = new EchoMint(random);
    dedup =
        new DedupTable(
            new DedupLimits(
                limits.dedupEntries(),
                limits.dedupOctets(),
                limits.dedupEntriesPerPeer(),
                limits.dedupOctetsPerPeer()),
            random.positiveLong());
    ledger =
        new AddressLedger(
            policy.factor(),
            policy.firstAnswerOctets(),
            policy.provenNanos(),
            policy.addresses(),
            random.positiveLong());
    remotes = new Remotes(limits.peers(), config.transmission().exchangeLifetimeNanos(), random);
  }

  void emit(EngineEvent event) {
    events.emit(event);
  }

  void ignored(Peer peer, Why why) {
    events.emit(new EngineEvent.Ignored(peer, why));
  }

  void transmit(Peer to, Bytes datagram) {
    outputs.add(new Output.Transmit(to, datagram));
  }

  /** Sends an Empty acknowledgement and returns it, to be remembered. */
  Bytes acknowledge(Peer to, int messageId) {
    Bytes datagram = UdpCodec.encode(Message.empty(MessageType.ACK, messageId));
    transmit(to, datagram);
    return datagram;
  }

  /** Answers a message with Reset (RFC 7252, Section 4.2). */
  void reject(Peer to, int messageId, Why why) {
    transmit(to, UdpCodec.encode(Message.empty(MessageType.RST, messageId)));
    events.emit(new EngineEvent.Rejected(to, why));
  }

  /** The critical options that forbid acting on a message (RFC 7252, Section 5.4.1). */
  List<Option> unprocessable(Message message) {
    OptionRegistry registry = config.options();
    return registry.understandsAll(message.options())
        ? List.of()
        : registry.recognise(message.options()).unprocessableCritical();
  }

  /**
   * The message without options that cannot be processed; elective ones that are not known stay.
   */
  Message readable(Message message) {
    OptionRegistry registry = config.options();
    Options options = message.options();
    if (registry.understandsAll(options)) {
      return message;
    }
    Options kept = registry.recognise(options).understood();
    for (int i = 0; i < options.size(); i++) {
      Option option = options.at(i);
      if (!option.isCritical() && registry.find(option.number()).isEmpty()) {
        kept = kept.plus(option);
      }
    }
    return new Message(
        message.type(),
        message.messageId(),
        message.code(),
        message.token(),
        kept,
        message.payload());
  }

  /**
   * Answers a further copy of a message as the first one (RFC 7252, Section 4.5), or not at all.
   */
  void answerDuplicate(Peer from, Message message, Remembered known) {
    Optional<Bytes> answer = known.answer();
    if (message.type() == MessageType.CON && answer.isPresent()) {
      transmit(from, answer.get());
      events.emit(new EngineEvent.DuplicateAnswered(from, message.messageId()));
    } else {
      ignored(from, Why.DUPLICATE);
    }
  }

  /** Makes sure that what expires without anyone waiting for it is forgotten some time. */
  void keepHouse(long nowNanos) {
    if (!housekeeping.isSet()) {
      deadlines.set(housekeeping, nowNanos + housekeepingPeriodNanos());
    }
  }

  private long housekeepingPeriodNanos() {
    return Math.max(SECOND, config.transmission().nonLifetimeNanos() / 8);
  }

  private final class Housekeeping extends Deadline {
    @Override
    protected void expired(long nowNanos) {
      dedup.sweep(nowNanos);
      ledger.sweep(nowNanos);
      remotes.sweep(nowNanos);
      if (dedup.size() + ledger.size() + remotes.size() > 0) {
        keepHouse(nowNanos);
      }
    }
  }
}
