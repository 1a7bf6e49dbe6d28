package dev.moat.foe.relay;

import dev.moat.bytes.SecretBytes;
import dev.moat.endpoint.credentials.Credentials;
import dev.moat.endpoint.credentials.PreSharedKey;
import dev.moat.foe.path.Transport;

/**
 * What the ends of the lab show to one another, and whom they take. Made once for the process, and
 * never written anywhere: Foe is not given a key, so sharing them among runs gives it nothing.
 */
final class LabCredentials {
  private static final int KEY_OCTETS = 16;

  private LabCredentials() {}

  /** Those of one side on {@code transport}. */
  static Credentials of(Transport transport, boolean server) {
    return transport == Transport.DTLS_PSK ? Shared.of(server) : Certified.of(server);
  }

  /** A pre-shared key. */
  private static final class Shared {
    private static final PreSharedKey KEY = new PreSharedKey("alice", random());

    private static SecretBytes random() {
      return SecretBytes.random(KEY_OCTETS, LabAuthority.RANDOM);
    }

    static Credentials of(boolean server) {
      Credentials.Builder builder = Credentials.builder();
      return server ? builder.accept(KEY).build() : builder.preSharedKey(KEY).build();
    }
  }

  /** Certificates of one authority, for both sides. */
  private static final class Certified {
    private static final LabAuthority AUTHORITY = LabAuthority.make();
    private static final Credentials SERVER = side(RelayedField.HOST, true);
    private static final Credentials CLIENT = side("alice.example", false);

    private static Credentials side(String name, boolean server) {
      return Credentials.builder()
          .certificate(AUTHORITY.certify(name, server))
          .trust(AUTHORITY.certificate())
          .build();
    }

    static Credentials of(boolean server) {
      return server ? SERVER : CLIENT;
    }
  }
}
