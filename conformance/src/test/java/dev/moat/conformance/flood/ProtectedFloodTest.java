package dev.moat.conformance.flood;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.KeyUsageLimits;
import dev.moat.oscore.context.ReplayWindow;
import dev.moat.testkit.Arbitrary;
import dev.moat.testkit.InsecureSeededRandom;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A server among a million OSCORE messages with the right kid that no one with the keys has sent.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class ProtectedFloodTest {
  private static final int DATAGRAMS = 1_000_000;
  private static final long MEBIBYTE = 1L << 20;

  /** A full engine, about 40 MiB as EngineLimits says, and slack. */
  private static final long FULL_OCTETS = 48 * MEBIBYTE;

  /** With every default: the limit of forgeries is passed early, and told. */
  @Test
  void servesTheGenuinePeerAfterAMillionForgeries() throws Exception {
    FloodedServer server = new FloodedServer(parameters().build());
    assertThat(server.answers()).isTrue();
    ProtectedFlood flood = server.flood(new Arbitrary(new InsecureSeededRandom(1_000_000)));
    for (int warm = 0; warm < 10_000; warm++) {
      server.receive(flood.next()); // classes are loaded
    }
    server.pass(Duration.ofHours(1));
    ReplayWindow window = server.context().replay().window();
    long seals = server.context().usage().seals();
    int served = server.served();
    long before = usedOctets();

    receive(server, flood, DATAGRAMS / 2);
    long halfway = usedOctets();
    assertThat(halfway - before).as("octets of heap while it lasts").isLessThan(FULL_OCTETS);
    receive(server, flood, DATAGRAMS / 2);
    assertThat(usedOctets() - halfway).as("more in the second half").isLessThan(4 * MEBIBYTE);

    assertThat(server.context().replay().window()).isEqualTo(window);
    assertThat(server.context().usage().seals()).as("sequence unmoved").isEqualTo(seals);
    assertThat(server.served()).isEqualTo(served);
    assertThat(server.context().usage().forgeries())
        .as("every failure of the AEAD counted, and a good part of the flood came so far")
        .isEqualTo(server.failures())
        .isGreaterThan(DATAGRAMS / 2);
    assertThat(server.replays()).isGreaterThan(DATAGRAMS / 5);
    assertThat(server.warnings()).as("told once that the keys are worn").isEqualTo(1);

    assertThat(server.answers()).as("the very next request").isTrue();
    server.pass(Duration.ofHours(1));
    assertThat(usedOctets() - before).as("octets of heap kept").isLessThan(4 * MEBIBYTE);
    assertThat(server.answers()).isTrue();
  }

  /** A choice, not the default: draft-ietf-core-oscore-key-limits lets anyone end a context. */
  @Test
  void refusesItsPeerAtTheLimitOfForgeriesWhenToldTo() {
    long limit = 1 << 14;
    FloodedServer server =
        new FloodedServer(
            parameters().keyUsageLimits(new KeyUsageLimits(1 << 20, limit, limit)).build());
    ProtectedFlood flood = server.flood(new Arbitrary(new InsecureSeededRandom(16)));
    server.pass(Duration.ofHours(1));
    while (server.context().usage().forgeries() < limit - 1) {
      server.receive(flood.next());
    }
    assertThat(server.answers()).as("one below the limit").isTrue();
    while (server.context().usage().forgeries() < limit) {
      server.receive(flood.next());
    }
    assertThat(server.answers()).as("at the limit").isFalse();
    server.receive(flood.next());
    assertThat(server.context().usage().forgeries()).isEqualTo(limit);
  }

  private static void receive(FloodedServer server, ProtectedFlood flood, int datagrams) {
    for (int sent = 0; sent < datagrams; sent++) {
      server.receive(flood.next());
    }
  }

  private static ContextParameters.Builder parameters() {
    return ContextParameters.builder(
        SecretBytes.copyOf(new byte[] {1, 2, 3, 4}), Bytes.of(1), Bytes.of(2));
  }

  private static long usedOctets() throws InterruptedException {
    for (int round = 0; round < 3; round++) {
      System.gc();
      TimeUnit.MILLISECONDS.sleep(50);
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
