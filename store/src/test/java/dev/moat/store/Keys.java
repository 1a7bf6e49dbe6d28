package dev.moat.store;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.Crypto;
import dev.moat.crypto.JdkCrypto;
import dev.moat.oscore.context.ContextParameters;
import java.nio.charset.StandardCharsets;

/** Parameters to open stores with. */
final class Keys {
  static final Crypto CRYPTO = JdkCrypto.create();
  static final String SECRET = "sixteen secrets!";

  private Keys() {}

  static ContextParameters parameters(int sender, int recipient) {
    return builder(sender, recipient).build();
  }

  static ContextParameters.Builder builder(int sender, int recipient) {
    return ContextParameters.builder(
            SecretBytes.copyOf(SECRET.getBytes(StandardCharsets.US_ASCII)),
            Bytes.of(sender),
            Bytes.of(recipient))
        .masterSalt(Bytes.hex("9e7ca92223786340"));
  }
}
