package dev.moat.pki;

import dev.moat.bytes.Bytes;
import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXReason;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.time.Instant;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One question to the JDK: is this path valid at that time (RFC 5280, Section 6)? */
final class PathValidation {
  private static final String ALGORITHM = "PKIX";

  /** The common reasons in words; the JDK's names of the others are words already. */
  private static final Map<CertPathValidatorException.Reason, String> REASONS =
      Map.of(
          BasicReason.EXPIRED, "expired",
          BasicReason.NOT_YET_VALID, "not yet valid",
          BasicReason.REVOKED, "revoked",
          BasicReason.INVALID_SIGNATURE, "signature does not verify",
          BasicReason.UNDETERMINED_REVOCATION_STATUS, "no current revocation list covers it",
          PKIXReason.NO_TRUST_ANCHOR, "no trust anchor has issued it",
          PKIXReason.NAME_CHAINING, "the chain is broken: issuer and subject differ",
          PKIXReason.NOT_CA_CERT, "its issuer is no certification authority",
          PKIXReason.INVALID_KEY_USAGE, "its issuer may not sign certificates");

  private final Set<TrustAnchor> anchors;
  private final List<X509CRL> revocationLists;

  PathValidation(Set<TrustAnchor> anchors, List<X509CRL> revocationLists) {
    this.anchors = Set.copyOf(anchors);
    this.revocationLists = List.copyOf(revocationLists);
  }

  /** Why the chain must not be trusted; empty when it may be. */
  Optional<String> refusal(List<Bytes> chain, Instant now) {
    try {
      CertPath path = JdkCertificates.path(chain);
      CertPathValidator validator = CertPathValidator.getInstance(ALGORITHM);
      var unused = validator.validate(path, parameters(validator, now));
      return Optional.empty();
    } catch (MalformedException malformed) {
      return Optional.of(malformed.what());
    } catch (CertPathValidatorException refused) {
      return Optional.of(words(refused));
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException("the platform cannot validate paths", broken);
    }
  }

  /**
   * With revocation lists, every certificate must be covered by one; without, none is asked for.
   */
  private PKIXParameters parameters(CertPathValidator validator, Instant now)
      throws GeneralSecurityException {
    PKIXParameters parameters = new PKIXParameters(anchors);
    parameters.setDate(Date.from(now));
    parameters.setRevocationEnabled(!revocationLists.isEmpty());
    if (!revocationLists.isEmpty()) {
      parameters.addCertStore(
          CertStore.getInstance("Collection", new CollectionCertStoreParameters(revocationLists)));
      PKIXRevocationChecker lists = (PKIXRevocationChecker) validator.getRevocationChecker();
      // Lists only: nothing here may open a connection to ask.
      lists.setOptions(
          EnumSet.of(
              PKIXRevocationChecker.Option.PREFER_CRLS, PKIXRevocationChecker.Option.NO_FALLBACK));
      parameters.addCertPathChecker(lists);
    }
    return parameters;
  }

  private static String words(CertPathValidatorException refused) {
    String why =
        REASONS.getOrDefault(
            refused.getReason(),
            refused.getReason().toString().toLowerCase(Locale.ROOT).replace('_', ' '));
    return refused.getIndex() > 0 ? why + " (certificate " + refused.getIndex() + ")" : why;
  }
}
