package dev.moat.interop.oscore;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.AeadAlgorithm;
import dev.moat.crypto.JdkCrypto;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.InsecureVolatileReservations;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.context.SecurityContext.Provenance;
import java.util.Optional;
import org.eclipse.californium.cose.AlgorithmID;
import org.eclipse.californium.oscore.OSCoreCtx;
import org.eclipse.californium.oscore.OSException;

/** What the two stacks agree on, and the context that each derives from it. */
enum Agreement {
  DEFAULT(AeadAlgorithm.AES_CCM_16_64_128, Optional.empty()),
  WITH_ID_CONTEXT(AeadAlgorithm.AES_CCM_16_64_128, Optional.of(Bytes.of(0x37, 0xcb, 0xf3))),
  OTHER_ALGORITHM(AeadAlgorithm.AES_CCM_64_128_256, Optional.empty());

  private static final Bytes CLIENT_ID = Bytes.of(1);
  private static final Bytes SERVER_ID = Bytes.of(2);
  private static final Bytes SALT = Bytes.of(0x9e, 0x7c, 0xa9, 0x22, 0x23, 0x78, 0x63, 0x40);
  private static final int MAX_UNFRAGMENTED_OCTETS = 1 << 16;
  private static final int WINDOW = 32;

  private final AeadAlgorithm algorithm;
  private final Optional<Bytes> idContext;

  Agreement(AeadAlgorithm algorithm, Optional<Bytes> idContext) {
    this.algorithm = algorithm;
    this.idContext = idContext;
  }

  /** Moat's context; its numbers begin at 0 each time. */
  SecurityContext moat(Role role, Secret secret) {
    ContextParameters.Builder builder =
        ContextParameters.builder(
                SecretBytes.copyOf(secret.octets()), role.senderId(), role.recipientId())
            .masterSalt(SALT)
            .aead(algorithm)
            .replayWindow(WINDOW);
    idContext.ifPresent(builder::idContext);
    try (ContextParameters parameters = builder.build()) {
      return SecurityContext.derive(
          parameters, JdkCrypto.create(), InsecureVolatileReservations.start(0), Provenance.FRESH);
    }
  }

  /** Californium's context; its numbers begin at 0 each time. */
  OSCoreCtx californium(Role role, Secret secret) throws OSException {
    OSCoreCtx context =
        new OSCoreCtx(
            secret.octets(),
            role == Role.CLIENT,
            AlgorithmID.valueOf(algorithm.name()),
            role.senderId().toArray(),
            role.recipientId().toArray(),
            AlgorithmID.HKDF_HMAC_SHA_256,
            WINDOW,
            SALT.toArray(),
            idContext.map(Bytes::toArray).orElse(null),
            MAX_UNFRAGMENTED_OCTETS);
    if (idContext.isPresent()) {
      context.setIncludeContextId(true);
    }
    return context;
  }

  /** Whose context it is. */
  enum Role {
    CLIENT,
    SERVER;

    private Bytes senderId() {
      return this == CLIENT ? CLIENT_ID : SERVER_ID;
    }

    private Bytes recipientId() {
      return this == CLIENT ? SERVER_ID : CLIENT_ID;
    }
  }

  /** The Master Secret, or one that the peer does not have. */
  enum Secret {
    SHARED,
    WRONG;

    private byte[] octets() {
      byte[] octets = new byte[16];
      octets[15] = (byte) (this == SHARED ? 1 : 2);
      return octets;
    }
  }
}
