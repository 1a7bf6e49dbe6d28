package dev.moat.foe.lab;

import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.MessageFormatException;
import dev.moat.coap.codec.UdpCodec;
import dev.moat.coap.message.Message;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import dev.moat.foe.field.Field;
import dev.moat.foe.field.Tap;
import dev.moat.foe.net.VirtualField;
import dev.moat.foe.path.Transport;
import dev.moat.foe.run.Play;
import dev.moat.foe.run.Run;
import dev.moat.foe.scenario.Direction;
import dev.moat.foe.scenario.Scenario;
import dev.moat.foe.scenario.Step;
import dev.moat.foe.stack.StackUnderTest;
import dev.moat.oscore.OscoreException;
import dev.moat.oscore.option.OscoreOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A run in virtual time with every datagram that came to Foe or left it for the server.
 *
 * @param atFoe what reached Foe, in order
 * @param toServer what Foe delivered to the server, in order
 */
record WatchedRun(Run run, List<Sent> atFoe, List<Bytes> toServer) {

  static WatchedRun of(String figure, String stack) {
    Lab lab = Lab.standard().figure(figure).stack(stack);
    return of(lab.scenarios().get(0), lab.stacks().get(0));
  }

  static WatchedRun of(Scenario scenario, StackUnderTest stack) {
    WatchedField field = new WatchedField(new VirtualField(Duration.ofMillis(1), 10));
    try (field) {
      Run run = Play.of(scenario, stack, field, 1);
      return new WatchedRun(run, field.atFoe, field.toServer);
    }
  }

  /** What reached Foe besides the exchanges of handshakes, which are in clear. */
  List<Sent> protectedPart() {
    Set<Bytes> handshakes =
        atFoe.stream()
            .map(sent -> decode(sent.datagram))
            .filter(message -> message.options().uriPath().contains("edhoc"))
            .map(Message::token)
            .collect(Collectors.toSet());
    return atFoe.stream()
        .filter(sent -> !handshakes.contains(decode(sent.datagram).token()))
        .toList();
  }

  /** Messages of a direction, without handshakes, that are not empty, copies included. */
  List<Message> messages(Direction direction) {
    return protectedPart().stream()
        .filter(sent -> sent.direction == direction)
        .map(sent -> decode(sent.datagram))
        .filter(message -> !message.isEmpty())
        .toList();
  }

  static Message decode(Bytes datagram) {
    try {
      return UdpCodec.decode(datagram);
    } catch (MessageFormatException malformed) {
      throw new AssertionError(malformed);
    }
  }

  /** The Partial IV of a protected request. */
  static long partialIv(Message request) {
    try {
      Bytes value = request.options().first(OptionNumber.OSCORE).orElseThrow();
      return OscoreOption.decode(value).partialIv().orElseThrow().toUint();
    } catch (OscoreException malformed) {
      throw new AssertionError(malformed);
    }
  }

  record Sent(Direction direction, Bytes datagram) {}

  private record WatchedField(Field field, List<Sent> atFoe, List<Bytes> toServer)
      implements Field {
    WatchedField(Field field) {
      this(field, new ArrayList<>(), new ArrayList<>());
    }

    @Override
    public void open(Endpoints endpoints, Tap tap) {
      field.open(
          endpoints,
          new Tap() {
            @Override
            public void onDatagram(Direction direction, Bytes datagram) {
              atFoe.add(new Sent(direction, datagram));
              tap.onDatagram(direction, datagram);
            }

            @Override
            public void onVictimDatagram(Bytes datagram) {
              tap.onVictimDatagram(datagram);
            }
          });
    }

    @Override
    public void deliver(Direction direction, Bytes datagram) {
      if (direction == Direction.TO_SERVER) {
        toServer.add(datagram);
      }
      field.deliver(direction, datagram);
    }

    @Override
    public long nowNanos() {
      return field.nowNanos();
    }

    @Override
    public void call(Step.Caller caller, Function<Peer, Request> request, Consumer<Ended> ended) {
      field.call(caller, request, ended);
    }

    @Override
    public void prepare(Step.Caller caller, Consumer<Boolean> ready) {
      field.prepare(caller, ready);
    }

    @Override
    public Transport transport() {
      return field.transport();
    }

    @Override
    public void renew(Step.Caller caller, Consumer<Boolean> ready) {
      field.renew(caller, ready);
    }

    @Override
    public boolean isThroughFoe(Peer peer) {
      return field.isThroughFoe(peer);
    }

    @Override
    public Duration worstLag() {
      return field.worstLag();
    }

    @Override
    public void inRun(Runnable action) {
      field.inRun(action);
    }

    @Override
    public void run(BooleanSupplier finished, Duration limit) {
      field.run(finished, limit);
    }

    @Override
    public OptionalDouble proximityMetres() {
      return field.proximityMetres();
    }

    @Override
    public void deliverAsVictim(Bytes datagram) {
      field.deliverAsVictim(datagram);
    }

    @Override
    public void later(Duration time, Runnable action) {
      field.later(time, action);
    }

    @Override
    public void close() {
      field.close();
    }
  }
}
