package dev.moat.cose.credential;

import java.util.List;

/** What a {@link CredentialStore} makes of a claimed identity. */
public sealed interface Resolution {
  /**
   * These credentials may be meant, and each of them is trusted. A key identifier may stand for
   * more than one (RFC 9528, Section 3.5.3); the one with which the message verifies is the peer's.
   *
   * @param candidates one or more
   */
  record Trusted(List<Credential> candidates) implements Resolution {
    /** Copies the list, which is not empty. */
    public Trusted {
      candidates = List.copyOf(candidates);
      if (candidates.isEmpty()) {
        throw new IllegalArgumentException("no candidate is trusted: that is Unknown");
      }
    }
  }

  /** Nothing is known under this name: the sender may try another one (error code 3). */
  record Unknown() implements Resolution {}

  /**
   * The credential is known or was in the message, and must not be used.
   *
   * @param why for operators, without secrets; never sent to the peer
   */
  record Untrusted(String why) implements Resolution {}
}
