package dev.moat.pki;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.CanIgnoreReturnValue;
import dev.moat.cose.CoseException;
import dev.moat.cose.credential.Credential;
import dev.moat.cose.credential.CredentialStore;
import dev.moat.cose.credential.CredentialType;
import dev.moat.cose.credential.IdCred;
import dev.moat.cose.credential.Resolution;
import dev.moat.cose.key.KeyUse;
import dev.moat.cose.key.PublicKey;
import dev.moat.crypto.Crypto;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.security.auth.x500.X500Principal;

/**
 * Trusts X.509 certificates that lead to a trust anchor (RFC 5280, Section 6). Immutable.
 *
 * <ul>
 *   <li>x5chain: the chain of the message, without or with the anchor at its end.
 *   <li>x5bag: any order of its certificates that is a valid chain of an end entity.
 *   <li>x5t: a chain that the application has supplied, found by the hash of its first certificate.
 *   <li>x5u: a chain that the application's resolver gives for the URI.
 * </ul>
 *
 * Every path is validated for the given time: signatures, validity, basic constraints, names, key
 * usage of authorities and, once there is a revocation list, revocation. The end entity's key must
 * be good for something; which use is right depends on the method, so that EDHOC asks {@link
 * Credential#permits(KeyUse)}. A certificate without key usage permits what its curve can.
 */
public final class CertificateTrust implements CredentialStore {
  private final Crypto crypto;
  private final PathValidation validation;
  private final List<Credential> known;
  private final Function<String, Optional<List<Bytes>>> uris;

  private CertificateTrust(Builder builder) {
    this.crypto = builder.crypto;
    this.validation = new PathValidation(builder.anchors, builder.revocationLists);
    this.known = List.copyOf(builder.known);
    this.uris = builder.uris;
  }

  /** Starts without anchors; {@code crypto} is for hashes. */
  public static Builder builder(Crypto crypto) {
    return new Builder(crypto);
  }

  @Override
  public Resolution resolve(IdCred claimed, Instant now) {
    try {
      return switch (claimed.type()) {
        case X5CHAIN -> judge(Credential.x509Chain(claimed.certificates()), now);
        case X5BAG -> bag(claimed.certificates(), now);
        case X5T -> byHash(claimed, now);
        case X5U -> byUri(claimed.uri().orElseThrow(), now);
        default -> new Resolution.Unknown();
      };
    } catch (CoseException refused) {
      return new Resolution.Untrusted("malformed certificate: " + refused.getMessage());
    } catch (MalformedException refused) {
      return new Resolution.Untrusted(refused.what());
    }
  }

  private Resolution judge(Credential credential, Instant now) {
    if (!credential.permits(KeyUse.SIGNATURE) && !credential.permits(KeyUse.AGREEMENT)) {
      return new Resolution.Untrusted("key usage is neither signature nor key agreement");
    }
    return validation
        .refusal(credential.chain(), now)
        .<Resolution>map(Resolution.Untrusted::new)
        .orElseGet(() -> new Resolution.Trusted(List.of(credential)));
  }

  private Resolution byHash(IdCred claimed, Instant now) {
    List<Credential> named =
        known.stream()
            .filter(one -> claimed.hash().orElseThrow().matches(crypto, one.chain().get(0)))
            .toList();
    return any(named, now);
  }

  private Resolution byUri(String uri, Instant now) throws CoseException {
    Optional<List<Bytes>> chain = uris.apply(uri);
    return chain.isPresent()
        ? judge(Credential.x509Chain(chain.get()), now)
        : new Resolution.Unknown();
  }

  private Resolution bag(List<Bytes> certificates, Instant now)
      throws CoseException, MalformedException {
    List<Credential> candidates = new ArrayList<>();
    for (List<Bytes> chain : Bags.chains(certificates)) {
      candidates.add(Credential.x509Chain(chain));
    }
    return any(candidates, now);
  }

  /** All that are trusted; when none is, why the first is not. */
  private Resolution any(List<Credential> candidates, Instant now) {
    List<Credential> trusted = new ArrayList<>();
    Resolution first = new Resolution.Unknown();
    for (Credential candidate : candidates) {
      Resolution judged = judge(candidate, now);
      if (judged instanceof Resolution.Trusted) {
        trusted.add(candidate);
      } else if (first instanceof Resolution.Unknown) {
        first = judged;
      }
    }
    return trusted.isEmpty() ? first : new Resolution.Trusted(trusted);
  }

  /** Collects anchors and what else is known. */
  public static final class Builder {
    private final Crypto crypto;
    private final Set<TrustAnchor> anchors = new HashSet<>();
    private final List<X509CRL> revocationLists = new ArrayList<>();
    private final List<Credential> known = new ArrayList<>();
    private Function<String, Optional<List<Bytes>>> uris = uri -> Optional.empty();

    private Builder(Crypto crypto) {
      this.crypto = crypto;
    }

    /**
     * Adds a trust anchor by its certificate, whose own validity is not looked at.
     *
     * @throws MalformedException when it is no certificate in DER
     */
    @CanIgnoreReturnValue
    public Builder anchor(Bytes der) throws MalformedException {
      anchors.add(new TrustAnchor(JdkCertificates.certificate(der), null));
      return this;
    }

    /**
     * Adds a trust anchor by its name and key (RFC 5280, Section 6.1.1 d).
     *
     * @param name the subject, such as {@code CN=Root}
     * @throws CoseException with KEY_NOT_FOR_THIS or BAD_PUBLIC_KEY when the key cannot verify
     */
    @CanIgnoreReturnValue
    public Builder anchor(String name, PublicKey key) throws CoseException {
      anchors.add(new TrustAnchor(new X500Principal(name), JdkKeys.verification(key), null));
      return this;
    }

    /**
     * Adds a revocation list. With one or more of them, every certificate of a path must be covered
     * by a current list, or is not trusted.
     *
     * @throws MalformedException when it is no list in DER
     */
    @CanIgnoreReturnValue
    public Builder revocationList(Bytes der) throws MalformedException {
      revocationLists.add(JdkCertificates.revocationList(der));
      return this;
    }

    /**
     * Adds a certificate that may be named by hash, with the chain to its anchor.
     *
     * @throws IllegalArgumentException when it is not of X.509
     */
    @CanIgnoreReturnValue
    public Builder known(Credential credential) {
      if (credential.type() != CredentialType.X509) {
        throw new IllegalArgumentException("not an X.509 certificate: " + credential);
      }
      known.add(credential);
      return this;
    }

    /**
     * Sets what gives the chain of a URI, the end entity's certificate first. Called while a
     * handshake waits: it should answer from what it has, and never trust the peer's URI blindly.
     */
    @CanIgnoreReturnValue
    public Builder uris(Function<String, Optional<List<Bytes>>> resolver) {
      uris = resolver;
      return this;
    }

    /**
     * The store.
     *
     * @throws IllegalArgumentException without any anchor
     */
    public CertificateTrust build() {
      if (anchors.isEmpty()) {
        throw new IllegalArgumentException("nothing can be trusted without a trust anchor");
      }
      return new CertificateTrust(this);
    }
  }
}
