package dev.moat.endpoint.dtls;

import dev.moat.bytes.SecretBytes;
import dev.moat.endpoint.credentials.Credentials;
import dev.moat.endpoint.credentials.PreSharedKey;
import java.nio.charset.StandardCharsets;

/** Credentials by pre-shared keys. */
final class Keys {
  private Keys() {}

  static PreSharedKey key(String identity, String key) {
    return new PreSharedKey(identity, SecretBytes.copyOf(key.getBytes(StandardCharsets.US_ASCII)));
  }

  static Credentials server() {
    return Credentials.builder()
        .accept(key("lock", "0123456789abcdef"))
        .accept(key("lamp", "fedcba9876543210"))
        .build();
  }

  static Credentials client() {
    return client("lock", "0123456789abcdef");
  }

  static Credentials client(String identity, String key) {
    return Credentials.builder().preSharedKey(key(identity, key)).build();
  }
}
