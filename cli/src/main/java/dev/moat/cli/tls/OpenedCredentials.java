package dev.moat.cli.tls;

import dev.moat.endpoint.credentials.Credentials;

/** Credentials ready for use. Closing it, after whoever uses them, erases the pre-shared keys. */
public final class OpenedCredentials implements AutoCloseable {
  private final CredentialParts parts;
  private final Credentials credentials;

  OpenedCredentials(CredentialParts parts) {
    this.parts = parts;
    this.credentials = parts.build();
  }

  /** What an endpoint takes. */
  public Credentials credentials() {
    return credentials;
  }

  /** True when this side could show something or know somebody by it. */
  public boolean isEmpty() {
    return credentials.preSharedKey().isEmpty()
        && credentials.acceptedKeys().isEmpty()
        && credentials.certificate().isEmpty()
        && credentials.rawKey().isEmpty()
        && credentials.trustAnchors().isEmpty()
        && credentials.trustedRawKeys().isEmpty();
  }

  /** What is used, without secrets: {@code PSK, certificates}. */
  public String words() {
    StringBuilder words = new StringBuilder();
    int keys = credentials.acceptedKeys().size();
    if (keys > 0) {
      words.append("PSK with ").append(keys).append(keys == 1 ? " identity" : " identities");
    }
    credentials
        .certificate()
        .ifPresent(
            own ->
                next(words)
                    .append("certificate of ")
                    .append(own.chain().get(0).getSubjectX500Principal().getName()));
    if (credentials.rawKey().isPresent()) {
      next(words).append("a raw public key");
    }
    return words.toString();
  }

  private static StringBuilder next(StringBuilder words) {
    return words.length() == 0 ? words : words.append(", ");
  }

  @Override
  public void close() {
    parts.close();
  }
}
