package dev.moat.endpoint.credentials;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.ForeignText;
import dev.moat.coap.uri.IpText;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether a peer's certificate counts: a path to one of the trust anchors and to no other authority
 * (RFC 5280, Section 6), valid now, meant for its use, and for servers, issued to the host that the
 * URI names (RFC 7252, Section 9.1.3.3). Revocation is not asked for. Immutable, thread-safe.
 */
public final class CertificateCheck {
  private static final int DNS_NAME = 2;
  private static final int URI_NAME = 6;
  private static final int IP_ADDRESS = 7;
  private static final int DIGITAL_SIGNATURE = 0;
  private static final String SERVER_AUTHENTICATION = "1.3.6.1.5.5.7.3.1";
  private static final String CLIENT_AUTHENTICATION = "1.3.6.1.5.5.7.3.2";
  private static final String ANY_PURPOSE = "2.5.29.37.0";
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC);

  private final Set<X509Certificate> anchors;

  /** Who may vouch for others: a trusted certificate that is no authority is for itself only. */
  private final Set<TrustAnchor> authorities;

  /** A check with these trust anchors; without any, it refuses everyone. */
  public CertificateCheck(Set<X509Certificate> anchors) {
    this.anchors = Set.copyOf(anchors);
    this.authorities =
        this.anchors.stream()
            .filter(anchor -> anchor.getBasicConstraints() >= 0)
            .map(authority -> new TrustAnchor(authority, null))
            .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Why this chain is not that of the server {@code host}, as one sentence; empty when it is.
   *
   * @param chain the end entity's certificate first
   */
  public Optional<Refusal> refusalOfServer(List<X509Certificate> chain, String host, Instant now) {
    return refusal(chain, now, "the server's certificate", SERVER_AUTHENTICATION)
        .or(() -> isFor(chain.get(0), host) ? Optional.empty() : otherHost(chain.get(0), host));
  }

  /**
   * Why this chain is not that of a client to be trusted, as one sentence; empty when it is.
   *
   * @param chain the end entity's certificate first
   */
  public Optional<Refusal> refusalOfClient(List<X509Certificate> chain, Instant now) {
    return refusal(chain, now, "the client's certificate", CLIENT_AUTHENTICATION);
  }

  /**
   * True when one of the certificate's alternative names is {@code host}: a DNS name, whose first
   * label may be a wildcard (RFC 9525, Section 6.3), an IP address, or the authority of a coaps
   * URI. The subject's common name says nothing (RFC 9525, Section 2).
   */
  public static boolean isFor(X509Certificate certificate, String host) {
    return names(certificate).stream().anyMatch(name -> name.covers(host));
  }

  private Optional<Refusal> refusal(
      List<X509Certificate> chain, Instant now, String whose, String purpose) {
    if (chain.isEmpty()) {
      return Refusal.of(Reason.UNFIT, whose + " is missing");
    }
    X509Certificate end = chain.get(0);
    Instant last = end.getNotAfter().toInstant();
    if (now.isAfter(last)) {
      return Refusal.of(Reason.OUT_OF_DATE, whose + " expired on " + DAY.format(last));
    }
    Instant first = end.getNotBefore().toInstant();
    if (now.isBefore(first)) {
      return Refusal.of(Reason.OUT_OF_DATE, whose + " is not valid before " + DAY.format(first));
    }
    if (!isMeantFor(end, purpose)) {
      return Refusal.of(Reason.UNFIT, whose + " is not meant for this use");
    }
    return anchors.contains(end) ? Optional.empty() : untrusted(chain, now, whose);
  }

  private Optional<Refusal> untrusted(List<X509Certificate> chain, Instant now, String whose) {
    if (anchors.isEmpty()) {
      return Refusal.of(Reason.UNTRUSTED, whose + " is of no use here: no authority is trusted");
    }
    if (authorities.isEmpty()) {
      return Refusal.of(Reason.UNTRUSTED, whose + " is none of those that are trusted");
    }
    try {
      CertPath path =
          CertificateFactory.getInstance("X.509").generateCertPath(withoutAnchors(chain));
      var unused = CertPathValidator.getInstance("PKIX").validate(path, parameters(now));
      return Optional.empty();
    } catch (CertPathValidatorException refused) {
      return Refusal.of(Reason.UNTRUSTED, whose + " " + words(refused, chain));
    } catch (CertificateException malformed) {
      return Refusal.of(Reason.UNFIT, whose + " is malformed");
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException("the platform cannot validate certificates", broken);
    }
  }

  private List<X509Certificate> withoutAnchors(List<X509Certificate> chain) {
    List<X509Certificate> path = new ArrayList<>(chain);
    path.removeIf(anchors::contains);
    return path;
  }

  private PKIXParameters parameters(Instant now) throws GeneralSecurityException {
    PKIXParameters parameters = new PKIXParameters(authorities);
    parameters.setRevocationEnabled(false);
    parameters.setDate(Date.from(now));
    return parameters;
  }

  private static String words(CertPathValidatorException refused, List<X509Certificate> chain) {
    X509Certificate end = chain.get(0);
    if (chain.size() == 1 && end.getSubjectX500Principal().equals(end.getIssuerX500Principal())) {
      return "is self-signed, and not one that is trusted";
    }
    CertPathValidatorException.Reason reason = refused.getReason();
    if (reason == BasicReason.EXPIRED || reason == BasicReason.NOT_YET_VALID) {
      return "leads to an authority whose certificate is not valid now";
    }
    if (reason == BasicReason.ALGORITHM_CONSTRAINED) {
      return "uses an algorithm or key size that is too weak";
    }
    X509Certificate last = chain.get(chain.size() - 1);
    return "leads to no authority that is trusted: it comes from "
        + ForeignText.printable(last.getIssuerX500Principal().getName());
  }

  private static boolean isMeantFor(X509Certificate certificate, String purpose) {
    boolean[] usage = certificate.getKeyUsage();
    if (usage != null && !usage[DIGITAL_SIGNATURE]) {
      return false;
    }
    try {
      List<String> purposes = certificate.getExtendedKeyUsage();
      return purposes == null || purposes.contains(purpose) || purposes.contains(ANY_PURPOSE);
    } catch (CertificateParsingException malformed) {
      return false;
    }
  }

  private static Optional<Refusal> otherHost(X509Certificate certificate, String host) {
    List<String> others = names(certificate).stream().map(Name::text).toList();
    String whose =
        others.isEmpty()
            ? "the server's certificate names no host"
            : "the server's certificate is for " + ForeignText.printable(String.join(", ", others));
    return Refusal.of(Reason.UNFIT, whose + ", not for " + ForeignText.printable(host));
  }

  private static List<Name> names(X509Certificate certificate) {
    List<Name> names = new ArrayList<>();
    try {
      Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
      if (alternatives != null) {
        alternatives.forEach(
            each -> {
              if (each.get(1) instanceof String text) {
                names.add(new Name((Integer) each.get(0), text));
              }
            });
      }
    } catch (CertificateParsingException malformed) {
      names.clear();
    }
    names.removeIf(name -> !name.isOfHosts());
    return names;
  }

  /** What kind of fault a certificate has, for the alert that its owner gets. */
  public enum Reason {
    /** It has expired or is not valid yet. */
    OUT_OF_DATE,
    /** No trusted authority vouches for it. */
    UNTRUSTED,
    /** It is malformed, meant for something else or issued to another host. */
    UNFIT
  }

  /**
   * Why a certificate does not count.
   *
   * @param reason its kind
   * @param sentence for people
   */
  public record Refusal(Reason reason, String sentence) {
    private static Optional<Refusal> of(Reason reason, String sentence) {
      return Optional.of(new Refusal(reason, sentence));
    }
  }

  /** A subject alternative name (RFC 5280, Section 4.2.1.6). */
  private record Name(int kind, String text) {
    boolean isOfHosts() {
      return kind == DNS_NAME || kind == IP_ADDRESS || kind == URI_NAME;
    }

    boolean covers(String host) {
      return switch (kind) {
        case DNS_NAME -> coversDomain(text, host);
        case IP_ADDRESS -> sameAddress(text, host);
        default -> sameAuthority(text, host);
      };
    }

    private static boolean coversDomain(String pattern, String host) {
      String wanted = withoutFinalDot(host.toLowerCase(Locale.ROOT));
      String given = withoutFinalDot(pattern.toLowerCase(Locale.ROOT));
      if (IpText.parse(wanted).isPresent()) {
        return false; // an address is no name, even written as one
      }
      if (!given.startsWith("*.")) {
        return given.equals(wanted);
      }
      int dot = wanted.indexOf('.');
      return dot > 0
          && given.indexOf('.', 2) > 0 // never a whole top-level domain
          && wanted.substring(dot).equals(given.substring(1));
    }

    private static boolean sameAddress(String address, String host) {
      Optional<Bytes> wanted = IpText.parse(host);
      return wanted.isPresent() && wanted.equals(IpText.parse(address));
    }

    private static boolean sameAuthority(String uri, String host) {
      try {
        URI parsed = new URI(uri);
        String scheme = parsed.getScheme();
        return scheme != null
            && scheme.toLowerCase(Locale.ROOT).startsWith("coaps")
            && host.equalsIgnoreCase(parsed.getHost());
      } catch (URISyntaxException malformed) {
        return false;
      }
    }

    private static String withoutFinalDot(String name) {
      return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }
  }
}
