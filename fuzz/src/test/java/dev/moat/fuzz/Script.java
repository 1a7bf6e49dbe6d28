package dev.moat.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.ByteReader;
import dev.moat.bytes.ByteWriter;
import dev.moat.bytes.Bytes;
import dev.moat.coap.service.Peer;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What happens to an endpoint, read from the fuzzer's octets. Each step is an octet that says what,
 * and what it needs:
 *
 * <ul>
 *   <li>{@code 0 to 3}: a datagram from the peer in bits 3 and 4, to a group when bit 5 is set: its
 *       length, its octets
 *   <li>{@code 4, 5}: time passes: two octets of 10 ms units, one octet of milliseconds
 *   <li>{@code 6}: the endpoint's own application acts, as the following octet says
 *   <li>{@code 7}: the newest datagram that was sent comes back changed: its first two octets are
 *       those that follow
 * </ul>
 *
 * (in the lowest three bits). A script that breaks off ends there.
 */
final class Script {
  private static final int MOST_STEPS = 500;
  private static final int MOST_TIMEOUTS = 20_000;
  private static final long MILLISECOND = 1_000_000;

  private final ByteReader octets;
  private final Endpoint endpoint;
  private long nowNanos = 1;

  private Script(Bytes octets, Endpoint endpoint) {
    this.octets = new ByteReader(octets);
    this.endpoint = endpoint;
  }

  /** Plays all steps, lets a day pass, and closes the endpoint. */
  static void play(byte[] octets, Endpoint endpoint) {
    new Script(Bytes.copyOf(octets), endpoint).run();
  }

  /** The datagrams of the vectors, one after the other, from one peer, with some time between. */
  static Stream<byte[]> seeds() {
    Stream<byte[]> single =
        Seeds.datagrams()
            .filter(d -> d.length < 256)
            .map(d -> step(d, new ByteWriter(300)).toBytes().toArray());
    ByteWriter all = new ByteWriter(4_096);
    Seeds.datagrams().filter(d -> d.length < 256).limit(100).forEach(d -> step(d, all).u8(5).u8(7));
    return Stream.concat(single, Stream.of(all.toBytes().toArray()));
  }

  private static ByteWriter step(byte[] datagram, ByteWriter writer) {
    return writer.u8(0).u8(datagram.length).bytes(Bytes.copyOf(datagram));
  }

  private void run() {
    for (int step = 0; step < MOST_STEPS && octets.remaining() > 2; step++) {
      takeStep(octets.u8());
    }
    letADayPass();
    endpoint.close(nowNanos);
    assertThat(endpoint.nextTimeoutNanos())
        .as("time-outs of what is closed")
        .isEqualTo(Long.MAX_VALUE);
  }

  /** Longer than any exchange lasts; what remains is observations, which last until a change. */
  private void letADayPass() {
    long end = nowNanos + TimeUnit.DAYS.toNanos(1);
    for (int step = 0; endpoint.nextTimeoutNanos() <= end; step++) {
      assertThat(step).as("time-outs on a quiet day").isLessThan(MOST_TIMEOUTS);
      nowNanos = Math.max(nowNanos, endpoint.nextTimeoutNanos());
      endpoint.onTimeout(nowNanos);
    }
  }

  private void takeStep(int what) {
    Peer peer = new Peer(0, 0xffff_7f00_0001L, 1_000 + (what >> 3 & 3), 0, 0);
    switch (what & 7) {
      case 4 -> pass(octets.u16() * 10L);
      case 5 -> pass(octets.u8());
      case 6 -> endpoint.act(octets.u8(), peer, nowNanos);
      case 7 -> reflect(octets.u8(), octets.u8());
      default -> {
        int length = Math.min(octets.u8(), octets.remaining());
        endpoint.onDatagram(peer, octets.bytes(length), (what & 32) != 0, nowNanos);
      }
    }
  }

  private void pass(long milliseconds) {
    nowNanos += milliseconds * MILLISECOND;
    if (endpoint.nextTimeoutNanos() <= nowNanos) {
      endpoint.onTimeout(nowNanos);
    }
  }

  /** A reaction to what the endpoint sent, such as a response: with its token and Message ID. */
  private void reflect(int first, int code) {
    Sent sent = endpoint.newestSent();
    if (sent != null && sent.datagram().length() >= 4) {
      int tokenLength = sent.datagram().at(0) & 15;
      int type = first & 0x30;
      Bytes head = Bytes.of(0x40 | type | tokenLength, code);
      Bytes rest = sent.datagram().slice(2, Math.min(sent.datagram().length(), 4 + tokenLength));
      int length = Math.min(first & 15, octets.remaining());
      endpoint.onDatagram(sent.to(), head.plus(rest).plus(octets.bytes(length)), false, nowNanos);
    }
  }

  /** A datagram and its destination. */
  record Sent(Peer to, Bytes datagram) {}

  /** What a script plays with. */
  interface Endpoint {
    void onDatagram(Peer from, Bytes datagram, boolean multicast, long nowNanos);

    void onTimeout(long nowNanos);

    /** Checks what must hold after a quiet day, and closes. */
    void close(long nowNanos);

    long nextTimeoutNanos();

    /** The application does one of the things it can do. */
    void act(int choice, Peer peer, long nowNanos);

    /** What was sent last. */
    @Nullable Sent newestSent();
  }
}
