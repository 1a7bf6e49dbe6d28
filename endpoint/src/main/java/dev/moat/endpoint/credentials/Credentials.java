package dev.moat.endpoint.credentials;

import dev.moat.bytes.CanIgnoreReturnValue;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an endpoint shows to its peers in a DTLS or TLS handshake, and whom it takes. Immutable; the
 * same for clients and servers. There is no way to take everyone: who names no trust anchor, no raw
 * public key and no pre-shared key can make no association.
 *
 * <p>A client with trust anchors also checks that the server's certificate is for the host that the
 * URI names (RFC 7252, Section 9.1.3.3). A server with trust anchors or raw public keys of clients
 * demands that clients authenticate, unless told that it is optional.
 */
public final class Credentials {
  private final Optional<PreSharedKey> preSharedKey;
  private final Map<String, PreSharedKey> acceptedKeys;
  private final Optional<KeyedCertificate> certificate;
  private final Optional<KeyPair> rawKey;
  private final Set<X509Certificate> trustAnchors;
  private final Set<PublicKey> trustedRawKeys;
  private final boolean anonymousClients;

  private Credentials(Builder builder) {
    preSharedKey = builder.preSharedKey;
    acceptedKeys = Map.copyOf(builder.acceptedKeys);
    certificate = builder.certificate;
    rawKey = builder.rawKey;
    trustAnchors = Set.copyOf(builder.trustAnchors);
    trustedRawKeys = Set.copyOf(builder.trustedRawKeys);
    anonymousClients = builder.anonymousClients;
  }

  /** Nothing yet. */
  public static Builder builder() {
    return new Builder();
  }

  /** The key that a client offers. */
  public Optional<PreSharedKey> preSharedKey() {
    return preSharedKey;
  }

  /** The keys that a server takes, by identity. */
  public Map<String, PreSharedKey> acceptedKeys() {
    return acceptedKeys;
  }

  /** The certificate that either side shows. */
  public Optional<KeyedCertificate> certificate() {
    return certificate;
  }

  /** The raw public key that either side shows, with its private key. */
  public Optional<KeyPair> rawKey() {
    return rawKey;
  }

  /** Authorities whose certificates count. */
  public Set<X509Certificate> trustAnchors() {
    return trustAnchors;
  }

  /** Raw public keys of peers that count. */
  public Set<PublicKey> trustedRawKeys() {
    return trustedRawKeys;
  }

  /** True when a server takes clients that show no certificate and no raw public key. */
  public boolean anonymousClients() {
    return anonymousClients;
  }

  /** Says what there is, and no secret. */
  @Override
  public String toString() {
    return "Credentials[psk "
        + preSharedKey.map(PreSharedKey::identity).orElse("none")
        + ", accepts "
        + acceptedKeys.size()
        + " keys, certificate "
        + certificate.map(KeyedCertificate::toString).orElse("none")
        + (rawKey.isPresent() ? ", a raw key" : "")
        + ", "
        + trustAnchors.size()
        + " anchors, "
        + trustedRawKeys.size()
        + " raw keys trusted]";
  }

  /** What credentials are to be. Not thread-safe. */
  @CanIgnoreReturnValue
  public static final class Builder {
    private final Map<String, PreSharedKey> acceptedKeys = new LinkedHashMap<>();
    private final Set<X509Certificate> trustAnchors = new LinkedHashSet<>();
    private final Set<PublicKey> trustedRawKeys = new LinkedHashSet<>();
    private Optional<PreSharedKey> preSharedKey = Optional.empty();
    private Optional<KeyedCertificate> certificate = Optional.empty();
    private Optional<KeyPair> rawKey = Optional.empty();
    private boolean anonymousClients;

    private Builder() {}

    /** Offers this key as a client. */
    public Builder preSharedKey(PreSharedKey key) {
      preSharedKey = Optional.of(key);
      return this;
    }

    /**
     * Takes this key as a server.
     *
     * @throws IllegalArgumentException when its identity has a key already
     */
    public Builder accept(PreSharedKey key) {
      if (acceptedKeys.putIfAbsent(key.identity(), key) != null) {
        throw new IllegalArgumentException("two keys of the PSK identity " + key.identity());
      }
      return this;
    }

    /** Shows this certificate. */
    public Builder certificate(KeyedCertificate shown) {
      certificate = Optional.of(shown);
      return this;
    }

    /** Shows this raw public key (RFC 7250). */
    public Builder rawKey(KeyPair shown) {
      rawKey = Optional.of(shown);
      return this;
    }

    /** Takes certificates that lead to this authority. */
    public Builder trust(X509Certificate anchor) {
      trustAnchors.add(anchor);
      return this;
    }

    /** Takes this raw public key of a peer. */
    public Builder trust(PublicKey key) {
      trustedRawKeys.add(key);
      return this;
    }

    /** Takes clients that show nothing; what they may do is for the resources to say. */
    public Builder allowAnonymousClients() {
      anonymousClients = true;
      return this;
    }

    /** The credentials. */
    public Credentials build() {
      return new Credentials(this);
    }
  }
}
