package dev.moat.engine.block;

import dev.moat.coap.message.Code;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.Options;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;

/**
 * What the messages of one block-wise operation have in common: endpoint and association, method,
 * and the cache key of RFC 7252, Section 5.6, without the block options (RFC 9175, Section 3.3).
 * The Request-Tag list is part of it, the token is not.
 */
public record BlockKey(Peer peer, Code method, Options options) {
  /** The key of {@code request}. */
  public static BlockKey of(Request request) {
    return new BlockKey(
        request.peer(), request.method(), request.options().filter(BlockKey::distinguishes));
  }

  /** This key without Request-Tag: what RFC 7959 alone tells apart. */
  public BlockKey withoutTag() {
    return new BlockKey(peer, method, options.without(OptionNumber.REQUEST_TAG));
  }

  /**
   * Beside the block options and the NoCacheKey ones, these do not count: Observe is on the first
   * GET only (RFC 7959, Section 2.6), If-None-Match on the first block only (Section 2.10), and
   * ETag lists what the client has.
   */
  private static boolean distinguishes(int number) {
    return switch (number) {
      case OptionNumber.BLOCK1,
          OptionNumber.BLOCK2,
          OptionNumber.OBSERVE,
          OptionNumber.IF_NONE_MATCH,
          OptionNumber.ETAG ->
          false;
      // RFC 7252, Section 5.4.6: the NoCacheKey pattern of safe-to-forward options.
      default -> (number & 0x1e) != 0x1c;
    };
  }
}
