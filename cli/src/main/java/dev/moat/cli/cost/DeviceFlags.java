package dev.moat.cli.cost;

import dev.moat.radio.device.Cell;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the device runs on; picocli fills it in. */
final class DeviceFlags {
  private static final long MINUTES_PER_DAY = 24 * 60;

  @Option(
      names = "--cell",
      paramLabel = "CELL",
      description =
          "Tell how many years a cell lasts: any part of its name that no other has, such as CR2032"
              + " or lithium. Without a cell of this name, all are listed.")
  private @Nullable String cell;

  @Option(
      names = "--rekey-days",
      paramLabel = "DAYS",
      description = "With --cell: days between handshakes; the default is 1, and 0.25 is 6 hours.")
  private @Nullable Double rekeyDays;

  /** Created by picocli. */
  DeviceFlags() {}

  /**
   * Checks that an interval has a cell that it is for.
   *
   * @throws IllegalArgumentException when it has none
   */
  void requireUse() {
    if (rekeyDays != null && cell == null) {
      throw new IllegalArgumentException("--rekey-days goes with --cell");
    }
  }

  /**
   * The cell, if one is wanted.
   *
   * @throws IllegalArgumentException when there is none of this name, or several
   */
  Optional<Cell> cell() {
    if (cell == null) {
      return Optional.empty();
    }
    String wanted = cell.toLowerCase(Locale.ROOT);
    List<Cell> found =
        Cell.presets().stream()
            .filter(one -> one.name().toLowerCase(Locale.ROOT).contains(wanted))
            .toList();
    if (found.size() != 1) {
      String all = Cell.presets().stream().map(Cell::name).collect(Collectors.joining(", "));
      throw new IllegalArgumentException("--cell is one of: " + all + "; not " + cell);
    }
    return Optional.of(found.get(0));
  }

  /**
   * From one handshake to the next.
   *
   * @throws IllegalArgumentException when it is not above 0, or longer than a century
   */
  Duration rekeyInterval() {
    double days = rekeyDays == null ? 1 : rekeyDays;
    long minutes = Math.round(days * MINUTES_PER_DAY);
    if (!(minutes >= 1 && days <= 36_525)) {
      throw new IllegalArgumentException(
          "--rekey-days is a minute (0.0007) at least and 36525 at most, not " + days);
    }
    return Duration.ofMinutes(minutes);
  }
}
