package dev.moat.edhoc.run;

import dev.moat.bytes.RandomSource;
import dev.moat.edhoc.message.EadItems;
import dev.moat.edhoc.message.Grease;
import java.util.List;

/**
 * Whether to send meaningless items and suites, so that peers which cannot ignore them are found
 * out (draft-ietf-lake-edhoc-grease).
 */
public enum GreaseUse {
  /** Never: messages stay as short as they can be. */
  NEVER,
  /** An item in one of 64 messages, as the draft suggests (Section 2.1.1). */
  SOMETIMES,
  /** An item in every message, and a suite in every message_1: for tests of peers. */
  ALWAYS;

  EadItems items(RandomSource random) {
    return switch (this) {
      case NEVER -> EadItems.none();
      case SOMETIMES -> Grease.sometimes(random);
      case ALWAYS -> EadItems.of(Grease.item(random));
    };
  }

  List<Integer> suites(List<Integer> preferences, RandomSource random) {
    return this == ALWAYS ? Grease.among(preferences, random) : preferences;
  }
}
