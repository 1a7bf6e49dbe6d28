package dev.moat.interop.oscore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** How long anything may take on a busy machine, and how large a large body is. */
final class Bounds {
  static final Duration CALL = Duration.ofSeconds(10);
  static final int LARGE_OCTETS = 4096;

  private Bounds() {}

  static Bytes large() {
    byte[] body = new byte[LARGE_OCTETS];
    for (int at = 0; at < body.length; at++) {
      body[at] = (byte) (at * 31 + at / 256);
    }
    return Bytes.owned(body);
  }

  static String next(BlockingQueue<String> arrived) throws InterruptedException {
    String next = arrived.poll(CALL.toMillis(), TimeUnit.MILLISECONDS);
    assertThat(next).as("a notification within " + CALL).isNotNull();
    return next;
  }

  static void eventually(BooleanSupplier holds) throws InterruptedException {
    long deadline = System.nanoTime() + CALL.toNanos();
    while (!holds.getAsBoolean() && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertThat(holds.getAsBoolean()).as("holds within " + CALL).isTrue();
  }
}
