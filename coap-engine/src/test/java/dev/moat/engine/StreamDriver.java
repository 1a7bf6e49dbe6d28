package dev.moat.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.MessageFormatException;
import dev.moat.coap.codec.StreamMessage;
import dev.moat.coap.codec.TcpCodec;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.Options;
import dev.moat.coap.service.Arrival;
import dev.moat.coap.service.Event;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.PeerIdentity;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.coap.signal.Signal;
import dev.moat.coap.signal.Signals;
import dev.moat.engine.stream.Connection;
import dev.moat.engine.stream.ConnectionEvent;
import dev.moat.engine.stream.ConnectionRules;
import dev.moat.engine.stream.Fault;
import dev.moat.testkit.InsecureSeededRandom;
import dev.moat.testkit.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** One engine of connections in virtual time, with everything that came out of it, sorted. */
final class StreamDriver {
  static final Peer PEER = new Peer(0, 0xffff_c000_0201L, 40_001, 0, 11);
  static final Peer OTHER = new Peer(0, 0xffff_c000_0202L, 40_002, 0, 12);

  final VirtualClock clock = new VirtualClock(-7_000_000_000L);
  final List<Event> events = new ArrayList<>();
  final List<Output.Transmit> sent = new ArrayList<>();
  final List<Output.Arrived> arrived = new ArrayList<>();
  final List<Outcome> outcomes = new ArrayList<>();
  final List<Peer> disconnected = new ArrayList<>();
  final List<Output> others = new ArrayList<>();
  final StreamEngine engine;

  StreamDriver() {
    this(EngineConfig.defaults(), ConnectionRules.defaults());
  }

  StreamDriver(EngineConfig config, ConnectionRules rules) {
    engine = new StreamEngine(config, rules, new InsecureSeededRandom(3), events::add);
  }

  static StreamDriver with(ConnectionRules rules) {
    return new StreamDriver(EngineConfig.defaults(), rules);
  }

  long now() {
    return clock.nowNanos();
  }

  /** A connection whose CSMs have been exchanged; nothing of that is left in {@link #sent}. */
  StreamDriver established(Peer peer) {
    connect(peer);
    receive(peer, csm(100_000));
    sent.clear();
    return this;
  }

  StreamDriver established() {
    return established(PEER);
  }

  void connect(Peer peer) {
    connect(peer, Connection.Framing.TCP);
  }

  void connect(Peer peer, Connection.Framing framing) {
    engine.onConnected(
        peer,
        new Connection(framing, false, Arrival.Security.TRANSPORT, new PeerIdentity.Anonymous()),
        now());
    drain();
  }

  void receive(Peer from, StreamMessage message) {
    receive(from, TcpCodec.encode(message));
  }

  void receive(Peer from, Bytes octets) {
    engine.onOctets(from, octets, now());
    drain();
  }

  void receive(Signal signal) {
    receive(PEER, Signals.write(signal));
  }

  void writable(boolean writable) {
    engine.onWritable(PEER, writable, now());
    drain();
  }

  void close(Peer peer) {
    engine.onClosed(peer, now());
    drain();
  }

  Outbound send(Request request) {
    Outbound exchange = engine.send(request, now());
    drain();
    return exchange;
  }

  Outbound get() {
    return send(Request.to(PEER, Code.GET, "/lock"));
  }

  void respond(Response response) {
    engine.respond(lastArrived().exchange(), response, now());
    drain();
  }

  Observation observe() {
    Observation begun =
        engine.observe(lastArrived().exchange(), state("first"), now()).orElseThrow();
    drain();
    return begun;
  }

  void notify(Observation observation, Response state) {
    engine.notify(observation, state, now());
    drain();
  }

  Output.Arrived lastArrived() {
    return arrived.get(arrived.size() - 1);
  }

  Outcome lastOutcome() {
    return outcomes.get(outcomes.size() - 1);
  }

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

  void drain() {
    for (Output o = engine.poll(); o != null; o = engine.poll()) {
      if (o instanceof Output.Transmit transmit) {
        sent.add(transmit);
      } else if (o instanceof Output.Arrived arrival) {
        arrived.add(arrival);
      } else if (o instanceof Output.Concluded concluded) {
        outcomes.add(concluded.outcome());
      } else if (o instanceof Output.Disconnect end) {
        disconnected.add(end.peer());
      } else {
        others.add(o);
      }
    }
  }

  /** The only message sent since the last call. */
  StreamMessage takeOnly() {
    List<StreamMessage> all = takeAll();
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  List<StreamMessage> takeAll() {
    List<StreamMessage> messages =
        sent.stream().map(transmit -> decode(transmit.datagram())).toList();
    sent.clear();
    return messages;
  }

  /** The connection was ended for {@code fault}, and the last message said so if it could. */
  void assertAborted(Fault fault) {
    assertThat(events(ConnectionEvent.Aborted.class))
        .extracting(ConnectionEvent.Aborted::fault)
        .contains(fault);
    assertThat(disconnected).contains(PEER);
    List<StreamMessage> all = takeAll();
    boolean told = !all.isEmpty() && all.get(all.size() - 1).code() == Code.ABORT;
    assertThat(told).isEqualTo(fault.isTold());
    assertThat(engine.room(PEER)).isEmpty();
  }

  void assertNothingLeft() {
    assertThat(engine.load().connections()).isZero();
    assertThat(engine.load().queuedOctets()).isZero();
    assertThat(engine.load().partialOctets()).isZero();
    assertThat(engine.load().openRequests()).isZero();
    assertThat(engine.load().openExchanges()).isZero();
    assertThat(engine.load().observations()).isZero();
    assertThat(engine.load().pings()).isZero();
    assertThat(engine.load().deadlines()).isZero();
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

  static StreamMessage decode(Bytes octets) {
    try {
      return TcpCodec.decode(octets);
    } catch (MessageFormatException e) {
      throw new AssertionError("the engine sent a malformed message: " + e, e);
    }
  }

  static StreamMessage csm(long maxMessageOctets) {
    return Signals.write(new Signal.Csm(OptionalLong.of(maxMessageOctets), true));
  }

  static StreamMessage message(Code code, int token, Option... options) {
    return new StreamMessage(code, Bytes.of(token), Options.of(options), Bytes.empty());
  }

  static StreamMessage get(int token, Option... options) {
    StreamMessage plain = message(Code.GET, token, options);
    return new StreamMessage(
        plain.code(),
        plain.token(),
        plain.options().plus(Option.text(OptionNumber.URI_PATH, "lock")),
        plain.payload());
  }

  static StreamMessage registration(int token) {
    return get(token, Option.uint(OptionNumber.OBSERVE, 0));
  }

  static StreamMessage reply(Bytes token, Option... options) {
    return new StreamMessage(Code.CONTENT, token, Options.of(options), Bytes.utf8("locked"));
  }

  static Response content(int octets) {
    return Response.of(Code.CONTENT).withPayload(Bytes.owned(new byte[octets]));
  }

  static Response state(String text) {
    return Response.text(Code.CONTENT, text).with(Option.uint(OptionNumber.OBSERVE, 0));
  }
}
