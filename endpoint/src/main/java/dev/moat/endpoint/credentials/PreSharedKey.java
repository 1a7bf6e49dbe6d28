package dev.moat.endpoint.credentials;

import dev.moat.bytes.SecretBytes;
import java.nio.charset.StandardCharsets;

/**
 * A pre-shared key and the identity under which a client names it (RFC 4279, RFC 7925 Section 4.2).
 *
 * @param identity 1 to 65,535 octets of UTF-8
 * @param key at least one octet; at least 16 octets of a random key are strong. The caller's to
 *     close
 */
public record PreSharedKey(String identity, SecretBytes key) {
  private static final int MAX_IDENTITY_OCTETS = 0xffff;

  /** Checks the lengths. */
  public PreSharedKey {
    int octets = identity.getBytes(StandardCharsets.UTF_8).length;
    if (octets == 0 || octets > MAX_IDENTITY_OCTETS) {
      throw new IllegalArgumentException("a PSK identity of " + octets + " octets");
    }
    if (key.length() == 0) {
      throw new IllegalArgumentException("the pre-shared key of \"" + identity + "\" is empty");
    }
  }
}
