package dev.moat.cli.oscore;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.cli.console.Failure;
import dev.moat.cli.file.Place;
import dev.moat.crypto.AeadAlgorithm;
import dev.moat.crypto.HashAlgorithm;
import dev.moat.oscore.context.ContextParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a configuration says about security contexts (RFC 8613, Section 3.2). Several recipients
 * make several contexts with one Sender Key, which therefore must share their sequence numbers.
 *
 * @param place where it was read, for messages
 * @param masterSecret owned by this object
 * @param masterSalt empty when there is none
 * @param senderId our own identifier
 * @param recipientIds those of the peers, at least one
 * @param idContext may be absent
 * @param aead AEAD algorithm
 * @param hkdf hash of HKDF
 * @param replayWindow 0 to 64
 * @param reservation how many sequence numbers to reserve at a time; empty for the default
 * @param derivesAnew true when contexts are derived by Appendix B.2, with random ID Contexts,
 *     instead of being this one (libcoap: {@code rfc8613_b_2})
 * @param warnings what of the configuration has no effect here
 */
record OscoreConf(
    Place place,
    SecretBytes masterSecret,
    Bytes masterSalt,
    Bytes senderId,
    List<Bytes> recipientIds,
    Optional<Bytes> idContext,
    AeadAlgorithm aead,
    HashAlgorithm hkdf,
    int replayWindow,
    Optional<Integer> reservation,
    boolean derivesAnew,
    List<String> warnings)
    implements AutoCloseable {

  OscoreConf {
    recipientIds = List.copyOf(recipientIds);
    warnings = List.copyOf(warnings);
  }

  /**
   * The input of the key derivation, for each recipient.
   *
   * @throws Failure when the values do not fit together; the message names the field
   */
  List<ContextParameters> parameters() {
    List<ContextParameters> all = new ArrayList<>();
    recipientIds.forEach(recipientId -> all.add(parameters(recipientId)));
    return all;
  }

  private ContextParameters parameters(Bytes recipientId) {
    try {
      ContextParameters.Builder builder =
          ContextParameters.builder(masterSecret, senderId, recipientId)
              .masterSalt(masterSalt)
              .aead(aead)
              .hkdf(hkdf)
              .replayWindow(replayWindow);
      idContext.ifPresent(builder::idContext);
      return builder.build();
    } catch (IllegalArgumentException e) {
      throw new Failure(place + ": " + e.getMessage(), "Correct the security context.", e);
    }
  }

  @Override
  public void close() {
    masterSecret.close();
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "OscoreConf[" + place + "]";
  }
}
