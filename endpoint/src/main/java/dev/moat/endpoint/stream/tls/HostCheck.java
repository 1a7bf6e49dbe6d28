package dev.moat.endpoint.stream.tls;

import dev.moat.coap.service.ForeignText;
import io.netty.util.NetUtil;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * Whether a server's certificate is for the host of the URI: the host must be one of the dNSName or
 * iPAddress entries of subjectAltName (RFC 9525). The common name never counts, and neither do
 * wildcards (RFC 7252 Section 9.1.3.3, RFC 7925 Section 4.4.1).
 */
final class HostCheck {
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;
  private static final int MAX_NAMES_SAID = 3;

  private HostCheck() {}

  /** Throws with the sentence for people when the certificate is not for {@code host}. */
  static void require(X509Certificate certificate, String host) throws RefusedCertificate {
    List<String> names = new ArrayList<>();
    for (List<?> entry : alternativeNames(certificate)) {
      int type = (Integer) entry.get(0);
      if (type != DNS_NAME && type != IP_ADDRESS) {
        continue;
      }
      String name = String.valueOf(entry.get(1));
      if (type == DNS_NAME ? sameName(name, host) : sameAddress(name, host)) {
        return;
      }
      names.add(name);
    }
    throw new RefusedCertificate(sentence(names, host));
  }

  private static Collection<List<?>> alternativeNames(X509Certificate certificate)
      throws RefusedCertificate {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null ? List.of() : names;
    } catch (CertificateParsingException malformed) {
      throw new RefusedCertificate("the server's certificate has malformed names");
    }
  }

  /** An address literal is never a name: a CA that vouches for names does not vouch for it. */
  private static boolean sameName(String name, String host) {
    return octetsOf(host) == null && withoutRoot(name).equals(withoutRoot(host));
  }

  private static boolean sameAddress(String address, String host) {
    byte[] expected = octetsOf(host);
    return expected != null && Arrays.equals(expected, octetsOf(address));
  }

  private static byte @org.jspecify.annotations.Nullable [] octetsOf(String host) {
    return NetUtil.createByteArrayFromIpAddressString(Hosts.withoutBrackets(host));
  }

  private static String withoutRoot(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  private static String sentence(List<String> names, String host) {
    String wanted = ForeignText.printable(host);
    if (names.isEmpty()) {
      return "the server's certificate names no host in subjectAltName, so it is not for " + wanted;
    }
    List<String> said = names.stream().limit(MAX_NAMES_SAID).map(ForeignText::printable).toList();
    int more = names.size() - said.size();
    return "the server's certificate is for "
        + String.join(", ", said)
        + (more > 0 ? " and " + more + " more" : "")
        + ", not for "
        + wanted;
  }
}
