package dev.moat.cose.credential;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.CanIgnoreReturnValue;
import dev.moat.cose.CoseException;
import dev.moat.cose.LabelledMap;
import dev.moat.cose.Sign1;
import dev.moat.crypto.VerificationKey;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Trusts CWTs by value that a known issuer has signed and whose time has come and not run out (RFC
 * 8392, Section 7.2; RFC 9528, Appendix D.3). Everything else is unknown to it. Immutable.
 */
public final class IssuedTokens implements CredentialStore {
  private final Map<String, VerificationKey> issuers;

  private IssuedTokens(Map<String, VerificationKey> issuers) {
    this.issuers = Map.copyOf(issuers);
  }

  /** Starts without issuers. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public Resolution resolve(IdCred claimed, Instant now) {
    if (claimed.type() != IdCred.Type.KCWT) {
      return new Resolution.Unknown();
    }
    try {
      return judge(claimed.value(), now);
    } catch (CoseException refused) {
      return new Resolution.Untrusted("the token: " + refused.getMessage());
    }
  }

  private Resolution judge(Bytes cwt, Instant now) throws CoseException {
    Credential credential = Credential.cwt(cwt);
    Sign1 token = Token.signed(cwt);
    LabelledMap claims = Claims.read(token.payload());
    VerificationKey issuer = issuers.get(claims.text(Claims.ISS).orElse(""));
    if (issuer == null) {
      return new Resolution.Untrusted("the token's issuer is not known");
    }
    token.verify(issuer, Bytes.empty());
    OptionalLong notBefore = claims.integer(Claims.NBF);
    OptionalLong expires = claims.integer(Claims.EXP);
    if (notBefore.isPresent() && now.getEpochSecond() < notBefore.getAsLong()) {
      return new Resolution.Untrusted("the token is not yet valid");
    }
    // "on or after which the CWT MUST NOT be accepted" (RFC 8392, Section 3.1.4; RFC 7519, 4.1.4).
    if (expires.isPresent() && now.getEpochSecond() >= expires.getAsLong()) {
      return new Resolution.Untrusted("the token has expired");
    }
    return new Resolution.Trusted(List.of(credential));
  }

  /** Collects issuers. */
  public static final class Builder {
    private final Map<String, VerificationKey> issuers = new LinkedHashMap<>();

    private Builder() {}

    /**
     * Adds an issuer.
     *
     * @param name its iss claim; empty for tokens without one
     */
    @CanIgnoreReturnValue
    public Builder issuer(String name, VerificationKey key) {
      issuers.put(name, key);
      return this;
    }

    /** The store. */
    public IssuedTokens build() {
      return new IssuedTokens(issuers);
    }
  }
}
