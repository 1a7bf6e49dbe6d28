package dev.moat.endpoint.stream.tls;

import io.netty.handler.ssl.NotSslRecordException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Says in a sentence why a TLS handshake failed: by our own judgement of a certificate, by the
 * alert that came (RFC 8446, Section 6.2), or by what the engine did not like.
 */
public final class TlsRefusals {
  /** What the engine itself did not like; %s is the other end. */
  private static final List<String[]> OURS =
      List.of(
          row("empty client certificate chain", "the client shows no certificate"),
          row("peer did not return a certificate", "the client shows no certificate"),
          row("is not enabled or supported in server", "the client does not offer TLS 1.3"),
          row("not accepted by server preferences", "the client does not offer TLS 1.3"),
          row("not accepted by client preferences", "the server does not offer TLS 1.3"),
          row("unsupported_protocol", "the %s does not offer TLS 1.3"),
          row("no cipher suites in common", "the client offers no cipher suite that is allowed"),
          row("no available cipher suite", "the client offers no cipher suite that is allowed"),
          row("no_shared_cipher", "the client offers no cipher suite that is allowed"),
          row("application layer protocol", "the %s speaks another protocol (ALPN)"),
          row("application protocols", "the %s speaks another protocol (ALPN)"),
          row("authentication scheme", "the %s accepts no signature that our key can make"),
          row("signature scheme", "the %s accepts no signature that our key can make"),
          row("not an ssl/tls record", "the %s does not speak TLS"),
          row("unsupported or unrecognized ssl message", "the %s does not speak TLS"));

  /** What the other end said by an alert. */
  private static final List<String[]> ALERTS =
      List.of(
          row("certificate_required", "the %s demands a certificate and we show none"),
          row("certificate_expired", "the %s says that our certificate has expired"),
          row("certificate_revoked", "the %s says that our certificate is revoked"),
          row("certificate_unknown", "the %s does not accept our certificate"),
          row("unsupported_certificate", "the %s cannot use the kind of our certificate"),
          row("bad_certificate", "the %s says that there is no good certificate of ours"),
          row("unknown_ca", "the %s does not trust the authority of our certificate"),
          row("protocol_version", "the %s does not take TLS 1.3"),
          row("no_application_protocol", "the %s does not speak CoAP there (ALPN)"),
          row("handshake_failure", "the %s finds no cipher suite or parameters in common"),
          row("insufficient_security", "the %s demands other cipher suites"),
          row("unrecognized_name", "the %s is not the host of that name"),
          row("access_denied", "the %s denies access"),
          row("decrypt_error", "the %s could not verify our handshake"),
          row("internal_error", "the %s reports an internal error"));

  private static final List<String[]> ENDS =
      List.of(
          row("closed", "the %s closed the connection during the TLS handshake"),
          row("reset", "the %s reset the connection during the TLS handshake"),
          row("broken pipe", "the %s closed the connection during the TLS handshake"));

  private TlsRefusals() {}

  /**
   * The reason for people; never the name of an exception. {@code other} is "server" or "client".
   */
  public static String sentence(Throwable failure, String other) {
    Optional<String> known = find(failure, other);
    return known.orElseGet(() -> "the TLS handshake with the " + other + " failed");
  }

  /** The reason when {@code failure} has to do with TLS or with the connection's end. */
  public static Optional<String> find(Throwable failure, String other) {
    StringBuilder said = new StringBuilder();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RefusedCertificate refused) {
        return Optional.of(String.valueOf(refused.getMessage()));
      }
      if (cause instanceof NotSslRecordException) {
        return Optional.of("the " + other + " does not speak TLS");
      }
      if (cause instanceof java.nio.channels.ClosedChannelException) {
        said.append("closed ");
      }
      said.append(cause.getMessage()).append(' ');
    }
    String text = said.toString().toLowerCase(Locale.ROOT);
    boolean alert = text.contains("alert");
    return first(OURS, text, other)
        .or(() -> alert ? first(ALERTS, text, other) : Optional.empty())
        .or(() -> first(ENDS, text, other));
  }

  private static Optional<String> first(List<String[]> rows, String text, String other) {
    for (String[] known : rows) {
      if (text.contains(known[0])) {
        return Optional.of(String.format(Locale.ROOT, known[1], other));
      }
    }
    return Optional.empty();
  }

  private static String[] row(String needle, String sentence) {
    return new String[] {needle, sentence};
  }
}
