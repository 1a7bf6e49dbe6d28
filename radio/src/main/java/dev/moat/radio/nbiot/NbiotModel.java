package dev.moat.radio.nbiot;

import dev.moat.radio.Direction;
import dev.moat.radio.Exchange;
import dev.moat.radio.Message;

/**
 * Time and energy of an exchange on NB-IoT: {@code time = 8 * octets / rate}, {@code energy = power
 * * time}, with the power to send for what goes up and that to listen for what comes down.
 */
public final class NbiotModel {
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final long NANOJOULES_PER_MICROWATT_SECOND = 1_000;

  private NbiotModel() {}

  /** What {@code exchange} costs with the benchmark's powers. */
  public static NbiotCost cost(Exchange exchange, Coverage coverage) {
    return cost(exchange, coverage, PowerProfile.benchmark());
  }

  /** What {@code exchange} costs the device; a message without octets costs nothing. */
  public static NbiotCost cost(Exchange exchange, Coverage coverage, PowerProfile power) {
    return new NbiotCost(
        coverage,
        power,
        exchange.messages().stream().map(message -> cost(message, coverage, power)).toList());
  }

  private static NbiotCost.MessageCost cost(
      Message message, Coverage coverage, PowerProfile power) {
    long bits = 8L * message.octets();
    long rate = coverage.bitsPerSecond(message.direction());
    long microwatts =
        message.direction() == Direction.UPLINK
            ? power.transmitMicrowatts()
            : power.receiveMicrowatts();
    return new NbiotCost.MessageCost(
        message,
        halfUp(bits * MICROS_PER_SECOND, rate),
        halfUp(bits * microwatts * NANOJOULES_PER_MICROWATT_SECOND, rate));
  }

  /** Quotient of what is not negative; nothing here comes near 2^63: 2^19 bits, 2^31 uW, 2^10. */
  private static long halfUp(long dividend, long divisor) {
    return (dividend + divisor / 2) / divisor;
  }
}
