package dev.moat.engine.client;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.coap.service.Request;
import dev.moat.engine.block.BlockKey;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Chooses Request-Tags (RFC 9175, Section 3.4): a counter, so that no tag is ever recycled. It
 * starts at a random value, so that without security a restarted client does not repeat the tags of
 * its former life. Owned by one event loop.
 */
final class RequestTags {
  /**
   * More operations than this are tagged whether they need it or not: safe, and the set stays
   * bounded.
   */
  static final int MAX_UNCONCLUDED = 1024;

  private final RequestTagging tagging;
  private final Set<BlockKey> unconcluded = new HashSet<>();
  private long next;

  RequestTags(RequestTagging tagging, RandomSource random) {
    this.tagging = tagging;
    this.next = random.bytes(4).toUint();
  }

  /** The tag for a new operation with {@code request}; empty: none. */
  Optional<Bytes> begin(Request request) {
    return switch (tagging) {
      case INSECURE_NEVER -> Optional.empty();
      case ALWAYS -> Optional.of(fresh());
      case WHEN_UNCONCLUDED -> beginMinimal(BlockKey.of(request));
    };
  }

  /** Every message of the untagged operation with {@code request} was answered. */
  void concluded(Request request) {
    unconcluded.remove(BlockKey.of(request));
  }

  private Optional<Bytes> beginMinimal(BlockKey untagged) {
    // Section 3.4: the absent tag is recycled only when the operation that used it has concluded.
    if (unconcluded.size() >= MAX_UNCONCLUDED || !unconcluded.add(untagged)) {
      return Optional.of(fresh());
    }
    return Optional.empty();
  }

  private Bytes fresh() {
    return Bytes.uint(next++);
  }
}
