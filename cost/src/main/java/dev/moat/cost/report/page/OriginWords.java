package dev.moat.cost.report.page;

import dev.moat.cost.exchange.Origin;

/** What a report calls the origins of its numbers. */
public final class OriginWords {
  private OriginWords() {}

  /** One word in small letters. */
  public static String of(Origin origin) {
    return switch (origin) {
      case MEASURED -> "measured";
      case PUBLISHED -> "published";
      case CAPTURED -> "captured";
    };
  }
}
