package dev.moat.oscore.kudos;

/**
 * What an endpoint can do, and what it knows of its peer (draft-ietf-core-oscore-key-update-14,
 * Section 4.4). Observations are never preserved.
 *
 * @param capable true when new contexts are recorded durably
 * @param peer what earlier runs have shown; kept durably by a capable endpoint, as it protects from
 *     downgrades
 * @param nonceOctets length of this endpoint's nonces, 8 to 16
 */
public record KudosPolicy(boolean capable, PeerCapability peer, int nonceOctets) {
  private static final int RECOMMENDED_NONCE_OCTETS = 8;

  /** Checks the length: shorter nonces repeat too soon. */
  public KudosPolicy {
    if (nonceOctets < RECOMMENDED_NONCE_OCTETS || nonceOctets > KudosField.MAX_NONCE_OCTETS) {
      throw new IllegalArgumentException("nonces of " + nonceOctets + " octets; 8 to 16");
    }
  }

  /** An endpoint that records contexts, and nothing known of its peer. */
  public static KudosPolicy recording() {
    return new KudosPolicy(true, PeerCapability.UNKNOWN, RECOMMENDED_NONCE_OCTETS);
  }

  /** An endpoint that cannot record contexts, and nothing known of its peer. */
  public static KudosPolicy withoutRecording() {
    return new KudosPolicy(false, PeerCapability.UNKNOWN, RECOMMENDED_NONCE_OCTETS);
  }

  /** This policy with another belief about the peer. */
  public KudosPolicy knowing(PeerCapability another) {
    return new KudosPolicy(capable, another, nonceOctets);
  }

  /** Whether a peer records contexts, "CAPABLE" in the draft. */
  public enum PeerCapability {
    /** No run has shown it. */
    UNKNOWN,
    /** It does: no run goes without forward secrecy. */
    CAPABLE,
    /** It does not: no run has forward secrecy. */
    NOT_CAPABLE
  }
}
