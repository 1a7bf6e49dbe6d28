package dev.moat.oscore.context;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.CanIgnoreReturnValue;
import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.AeadAlgorithm;
import dev.moat.crypto.HashAlgorithm;
import java.util.Optional;

/**
 * What two endpoints agree on before they derive a security context (RFC 8613, Section 3.2), seen
 * from one of them. Immutable; holds its own copy of the master secret, which {@link #close()}
 * erases.
 */
public final class ContextParameters implements AutoCloseable {
  /** What a nonce holds besides an ID: its length and the Partial IV (RFC 8613, Section 5.2). */
  private static final int NONCE_OVERHEAD = 6;

  private static final int MAX_ID_CONTEXT_OCTETS = 255;

  private final SecretBytes masterSecret;
  private final Bytes masterSalt;
  private final Bytes senderId;
  private final Bytes recipientId;
  private final Optional<Bytes> idContext;
  private final AeadAlgorithm aead;
  private final HashAlgorithm hkdf;
  private final int replayWindow;
  private final KeyUsageLimits keyUsageLimits;

  private ContextParameters(Builder builder) {
    this.masterSalt = builder.masterSalt.compact();
    this.senderId = builder.senderId.compact();
    this.recipientId = builder.recipientId.compact();
    this.idContext = builder.idContext.map(Bytes::compact);
    this.aead = builder.aead;
    this.hkdf = builder.hkdf;
    this.replayWindow = builder.replayWindow;
    this.keyUsageLimits = builder.keyUsageLimits.orElse(KeyUsageLimits.of(aead));
    requireIds();
    this.masterSecret = builder.masterSecret.use(SecretBytes::copyOf);
  }

  private void requireIds() {
    requireIdLength("Sender ID", senderId);
    requireIdLength("Recipient ID", recipientId);
    if (senderId.equals(recipientId)) {
      throw new IllegalArgumentException(
          "Sender ID and Recipient ID are both '"
              + senderId
              + "': both sides would use one key and the same nonces (RFC 8613, Section 3.3)");
    }
    // One octet has to hold its length (RFC 8613, Section 6.1).
    if (idContext.isPresent() && idContext.get().length() > MAX_ID_CONTEXT_OCTETS) {
      throw new IllegalArgumentException(
          "ID Context of " + idContext.get().length() + " octets; at most 255");
    }
  }

  private void requireIdLength(String field, Bytes id) {
    int most = aead.nonceOctets() - NONCE_OVERHEAD;
    if (id.length() > most) {
      throw new IllegalArgumentException(
          field
              + " of "
              + id.length()
              + " octets; at most "
              + most
              + " with "
              + aead
              + " (RFC 8613, Section 3.3)");
    }
  }

  /**
   * Begins with what has no default. The secret is copied by {@link Builder#build()}; the caller's
   * stays the caller's to erase.
   */
  public static Builder builder(SecretBytes masterSecret, Bytes senderId, Bytes recipientId) {
    return new Builder(masterSecret, senderId, recipientId);
  }

  /** A builder that holds all of these values, to change some. */
  public Builder toBuilder() {
    Builder copy =
        builder(masterSecret, senderId, recipientId)
            .masterSalt(masterSalt)
            .aead(aead)
            .hkdf(hkdf)
            .replayWindow(replayWindow)
            .keyUsageLimits(keyUsageLimits);
    idContext.ifPresent(copy::idContext);
    return copy;
  }

  /** The peer's view: Sender and Recipient ID interchanged. The caller closes it. */
  public ContextParameters reversed() {
    Builder copy = toBuilder();
    copy.senderId = recipientId;
    copy.recipientId = senderId;
    return copy.build();
  }

  /** The Master Secret; owned by this object. */
  public SecretBytes masterSecret() {
    return masterSecret;
  }

  /** The Master Salt, empty by default. */
  public Bytes masterSalt() {
    return masterSalt;
  }

  /** The Sender ID, perhaps empty. */
  public Bytes senderId() {
    return senderId;
  }

  /** The Recipient ID, perhaps empty. */
  public Bytes recipientId() {
    return recipientId;
  }

  /** The ID Context; an empty one is another than none. */
  public Optional<Bytes> idContext() {
    return idContext;
  }

  /** The AEAD algorithm. */
  public AeadAlgorithm aead() {
    return aead;
  }

  /** The hash of HKDF. */
  public HashAlgorithm hkdf() {
    return hkdf;
  }

  /** The replay window, 0 to 64; local, the peer's may differ. */
  public int replayWindow() {
    return replayWindow;
  }

  /** How often the keys may be used; local. */
  public KeyUsageLimits keyUsageLimits() {
    return keyUsageLimits;
  }

  /** Erases the copy of the master secret; contexts derived from it live on. */
  @Override
  public void close() {
    masterSecret.close();
  }

  /** The IDs and algorithms, no secret and no salt. */
  @Override
  public String toString() {
    return "sender '"
        + senderId
        + "' recipient '"
        + recipientId
        + "'"
        + idContext.map(id -> " context '" + id + "'").orElse("")
        + " "
        + aead
        + " "
        + hkdf;
  }

  /** Collects parameters. Owned by one thread. */
  public static final class Builder {
    private final SecretBytes masterSecret;
    private Bytes senderId;
    private Bytes recipientId;
    private Bytes masterSalt = Bytes.empty();
    private Optional<Bytes> idContext = Optional.empty();
    private AeadAlgorithm aead = AeadAlgorithm.AES_CCM_16_64_128;
    private HashAlgorithm hkdf = HashAlgorithm.SHA_256;
    private int replayWindow = ReplayWindow.DEFAULT_SIZE;
    private Optional<KeyUsageLimits> keyUsageLimits = Optional.empty();

    private Builder(SecretBytes masterSecret, Bytes senderId, Bytes recipientId) {
      this.masterSecret = masterSecret;
      this.senderId = senderId;
      this.recipientId = recipientId;
    }

    /** Sets the Master Salt; empty by default. */
    @CanIgnoreReturnValue
    public Builder masterSalt(Bytes salt) {
      masterSalt = salt;
      return this;
    }

    /** Sets the ID Context, 0 to 255 octets; none by default. */
    @CanIgnoreReturnValue
    public Builder idContext(Bytes context) {
      idContext = Optional.of(context);
      return this;
    }

    /** Sets the AEAD algorithm; AES-CCM-16-64-128 by default. */
    @CanIgnoreReturnValue
    public Builder aead(AeadAlgorithm algorithm) {
      aead = algorithm;
      return this;
    }

    /** Sets the hash of HKDF; SHA-256 by default. */
    @CanIgnoreReturnValue
    public Builder hkdf(HashAlgorithm hash) {
      hkdf = hash;
      return this;
    }

    /** Sets the replay window, 0 to 64; 32 by default. With 0 and 1, only higher values count. */
    @CanIgnoreReturnValue
    public Builder replayWindow(int size) {
      if (size < 0 || size > ReplayWindow.MAX_SIZE) {
        throw new IllegalArgumentException("a replay window of " + size + "; 0 to 64");
      }
      replayWindow = size;
      return this;
    }

    /** Sets how often the keys may be used; {@link KeyUsageLimits#of} by default. */
    @CanIgnoreReturnValue
    public Builder keyUsageLimits(KeyUsageLimits limits) {
      keyUsageLimits = Optional.of(limits);
      return this;
    }

    /**
     * The parameters, with a copy of the secret.
     *
     * @throws IllegalArgumentException naming the field and the rule it breaks
     */
    public ContextParameters build() {
      return new ContextParameters(this);
    }
  }
}
