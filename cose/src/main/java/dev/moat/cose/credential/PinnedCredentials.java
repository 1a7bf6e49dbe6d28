package dev.moat.cose.credential;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.CanIgnoreReturnValue;
import dev.moat.crypto.Crypto;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A fixed set of credentials that the application trusts as they are, found by whatever name the
 * peer uses for them. Immutable.
 *
 * <p>Being in the set is all the trust there is: dates and signatures are not looked at. What comes
 * by value must be in the set to the octet; of a chain or a bag, the end entity's certificate.
 */
public final class PinnedCredentials implements CredentialStore {
  private final Crypto crypto;
  private final List<Pin> pins;

  private PinnedCredentials(Crypto crypto, List<Pin> pins) {
    this.crypto = crypto;
    this.pins = List.copyOf(pins);
  }

  /** Starts with an empty set; {@code crypto} is for hashes. */
  public static Builder builder(Crypto crypto) {
    return new Builder(crypto);
  }

  /** Exactly these, by the names that follow from them. */
  public static PinnedCredentials of(Crypto crypto, Credential... credentials) {
    Builder builder = builder(crypto);
    for (Credential credential : credentials) {
      builder.add(credential);
    }
    return builder.build();
  }

  @Override
  public Resolution resolve(IdCred claimed, Instant now) {
    Set<Credential> found = new LinkedHashSet<>();
    for (Pin pin : pins) {
      if (pin.name.equals(claimed.encoded()) || isNamed(pin.credential, claimed)) {
        found.add(pin.credential);
      }
    }
    return found.isEmpty()
        ? new Resolution.Unknown()
        : new Resolution.Trusted(new ArrayList<>(found));
  }

  private boolean isNamed(Credential credential, IdCred claimed) {
    return switch (claimed.type()) {
      case KID -> claimed.kid().equals(credential.kid());
      case KCCS -> isEqual(credential, CredentialType.CCS, claimed.value());
      case KCWT -> isEqual(credential, CredentialType.CWT, Token.untagged(claimed.value()));
      case X5T -> isHashed(credential, CredentialType.X509, claimed);
      case C5T -> isHashed(credential, CredentialType.C509, claimed);
      case X5CHAIN -> hasCertificate(credential, CredentialType.X509, first(claimed));
      case C5C -> hasCertificate(credential, CredentialType.C509, first(claimed));
      case X5BAG -> hasCertificate(credential, CredentialType.X509, claimed.certificates());
      case C5B -> hasCertificate(credential, CredentialType.C509, claimed.certificates());
      case X5U, C5U, OTHER -> false;
    };
  }

  private static boolean isEqual(Credential credential, CredentialType type, Bytes encoded) {
    return credential.type() == type && credential.encoded().equals(encoded);
  }

  private boolean isHashed(Credential credential, CredentialType type, IdCred claimed) {
    return credential.type() == type
        && claimed.hash().orElseThrow().matches(crypto, credential.certificate());
  }

  private static List<Bytes> first(IdCred claimed) {
    return claimed.certificates().subList(0, 1);
  }

  private static boolean hasCertificate(
      Credential credential, CredentialType type, List<Bytes> candidates) {
    return credential.type() == type && candidates.contains(credential.certificate());
  }

  /** A credential and a name that was given to it, which is empty when it has only its own. */
  private record Pin(Bytes name, Credential credential) {}

  /** Collects credentials. */
  public static final class Builder {
    private final Crypto crypto;
    private final List<Pin> pins = new ArrayList<>();

    private Builder(Crypto crypto) {
      this.crypto = crypto;
    }

    /** Adds a credential by the names that follow from it. */
    @CanIgnoreReturnValue
    public Builder add(Credential credential) {
      pins.add(new Pin(Bytes.empty(), credential));
      return this;
    }

    /**
     * Adds a credential by one more name: a key identifier for a certificate, a URI that is never
     * fetched, or a parameter that Moat does not know.
     */
    @CanIgnoreReturnValue
    public Builder add(IdCred name, Credential credential) {
      pins.add(new Pin(name.encoded(), credential));
      return this;
    }

    /** The set. */
    public PinnedCredentials build() {
      return new PinnedCredentials(crypto, pins);
    }
  }
}
