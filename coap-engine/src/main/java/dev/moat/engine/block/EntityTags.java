package dev.moat.engine.block;

import dev.moat.bytes.Bytes;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Response;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Entity tags for representations that come without one, so that blocks of two cannot be mixed (RFC
 * 7959, Section 2.4).
 */
final class EntityTags {
  /** The longest ETag (RFC 7252, Section 5.10.6). */
  private static final int TAG_OCTETS = 8;

  private EntityTags() {}

  /**
   * {@code response} with its own ETag, or else with a truncated SHA-256 of its Content-Format and
   * body.
   */
  static Response tagged(Response response) {
    if (response.options().has(OptionNumber.ETAG)) {
      return response;
    }
    MessageDigest digest = sha256();
    long format = response.options().contentFormat().orElse(-1);
    digest.update((byte) (format >>> 8));
    digest.update((byte) format);
    digest.update(response.payload().asReadOnlyBuffer());
    Bytes tag = Bytes.owned(digest.digest()).slice(0, TAG_OCTETS).compact();
    return response.with(new Option(OptionNumber.ETAG, tag));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every JDK has SHA-256", missing);
    }
  }
}
