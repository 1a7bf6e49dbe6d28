package dev.moat.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.MessageFormatException;
import dev.moat.coap.codec.UdpCodec;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.Message;
import dev.moat.coap.message.MessageType;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.Options;
import dev.moat.coap.service.Event;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Response;
import dev.moat.testkit.InsecureSeededRandom;
import dev.moat.testkit.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One engine in virtual time, with everything that came out of it, sorted. */
final class Driver {
  static final Peer ALICE = Peer.of(Bytes.of(192, 0, 2, 1), 40_001);
  static final Peer BOB = Peer.of(Bytes.of(192, 0, 2, 2), 5683);
  static final Peer SECURED = new Peer(0, 0xffff_c000_0203L, 5684, 0, 7);
  static final Peer GROUP = Peer.of(Bytes.of(224, 0, 1, 187), 5683);

  /** Everything on, but nobody has to prove his address. */
  static final EngineConfig OPEN =
      EngineConfig.defaults().withAmplification(AmplificationPolicy.off());

  final VirtualClock clock = new VirtualClock(Long.MAX_VALUE - 5_000_000_000L);
  final List<Event> events = new ArrayList<>();
  final List<Output.Transmit> sent = new ArrayList<>();
  final List<Output.Arrived> arrived = new ArrayList<>();
  final List<Outcome> outcomes = new ArrayList<>();
  final List<Output> others = new ArrayList<>();
  final List<Output> all = new ArrayList<>();
  final CoapEngine engine;

  Driver(EngineConfig config) {
    this(config, 1);
  }

  Driver(EngineConfig config, long seed) {
    engine = new CoapEngine(config, new InsecureSeededRandom(seed), events::add);
  }

  long now() {
    return clock.nowNanos();
  }

  /** Lets time pass, with every deadline kept to the nanosecond. */
  void pass(Duration duration) {
    long end = now() + duration.toNanos();
    while (engine.nextTimeoutNanos() != Long.MAX_VALUE && engine.nextTimeoutNanos() - end <= 0) {
      if (engine.nextTimeoutNanos() - now() > 0) {
        clock.advanceNanos(engine.nextTimeoutNanos() - now());
      }
      engine.onTimeout(now());
      drain();
    }
    clock.advanceNanos(end - now());
  }

  void pass(long seconds) {
    pass(Duration.ofSeconds(seconds));
  }

  void drain() {
    for (Output o = engine.poll(); o != null; o = engine.poll()) {
      all.add(o);
      if (o instanceof Output.Transmit transmit) {
        sent.add(transmit);
      } else if (o instanceof Output.Arrived arrival) {
        arrived.add(arrival);
      } else if (o instanceof Output.Concluded concluded) {
        outcomes.add(concluded.outcome());
      } else {
        others.add(o);
      }
    }
  }

  void receive(Peer from, Message message) {
    receive(from, UdpCodec.encode(message));
  }

  void receive(Peer from, Bytes datagram) {
    engine.onDatagram(from, datagram, false, now());
    drain();
  }

  void receiveFromGroup(Peer from, Message message) {
    engine.onDatagram(from, UdpCodec.encode(message), true, now());
    drain();
  }

  void respond(Response response) {
    engine.respond(lastArrived().exchange(), response, now());
    drain();
  }

  Output.Arrived lastArrived() {
    return arrived.get(arrived.size() - 1);
  }

  int sentCount() {
    return sent.size();
  }

  /** The only message sent since the last call, which must be one. */
  Message takeOnly() {
    assertThat(sent).hasSize(1);
    return decode(sent.remove(0).datagram());
  }

  List<Message> takeAll() {
    List<Message> messages = new ArrayList<>();
    for (Output.Transmit transmit : sent) {
      messages.add(decode(transmit.datagram()));
    }
    sent.clear();
    return messages;
  }

  <E extends Event> List<E> events(Class<E> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  List<EngineEvent.Why> ignored() {
    return events(EngineEvent.Ignored.class).stream().map(EngineEvent.Ignored::why).toList();
  }

  <O extends Output> List<O> others(Class<O> type) {
    return others.stream().filter(type::isInstance).map(type::cast).toList();
  }

  static Message decode(Bytes datagram) {
    try {
      return UdpCodec.decode(datagram);
    } catch (MessageFormatException e) {
      throw new AssertionError("the engine sent a malformed datagram: " + e, e);
    }
  }

  static Message message(MessageType type, int messageId, Code code, int token, Option... options) {
    return new Message(type, messageId, code, Bytes.of(token), Options.of(options), Bytes.empty());
  }

  static Message get(MessageType type, int messageId, int token) {
    return message(type, messageId, Code.GET, token, Option.text(OptionNumber.URI_PATH, "lock"));
  }

  static Message put(int messageId, int token) {
    return message(
        MessageType.CON, messageId, Code.PUT, token, Option.text(OptionNumber.URI_PATH, "lock"));
  }

  static Message reply(MessageType type, int messageId, Code code, Bytes token) {
    return new Message(type, messageId, code, token, Options.none(), Bytes.empty());
  }

  static Message empty(MessageType type, int messageId) {
    return Message.empty(type, messageId);
  }

  static Response content(int octets) {
    return Response.of(Code.CONTENT).withPayload(Bytes.owned(new byte[octets]));
  }
}
