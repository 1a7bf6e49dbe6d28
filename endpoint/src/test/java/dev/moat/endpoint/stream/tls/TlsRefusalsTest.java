package dev.moat.endpoint.stream.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.coap.service.ForeignText;
import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The sentences that the handshakes of TlsTest do not reach; those that they do are tested there.
 */
class TlsRefusalsTest {
  @ParameterizedTest
  @CsvSource({
    "certificate_required, the server demands a certificate and we show none",
    "certificate_expired, the server says that our certificate has expired",
    "certificate_revoked, the server says that our certificate is revoked",
    "unknown_ca, the server does not trust the authority of our certificate",
    "unsupported_certificate, the server cannot use the kind of our certificate",
    "protocol_version, the server does not take TLS 1.3",
    "no_application_protocol, the server does not speak CoAP there (ALPN)",
    "unrecognized_name, the server is not the host of that name",
    "access_denied, the server denies access",
    "decrypt_error, the server could not verify our handshake",
  })
  void saysWhatAnAlertMeans(String alert, String sentence) {
    SSLException received = new SSLHandshakeException("Received fatal alert: " + alert);
    assertThat(TlsRefusals.sentence(new DecoderException(received), "server")).isEqualTo(sentence);
  }

  @Test
  void saysHowAConnectionEnded() {
    assertThat(TlsRefusals.sentence(new ClosedChannelException(), "client"))
        .isEqualTo("the client closed the connection during the TLS handshake");
    assertThat(TlsRefusals.sentence(new IOException("Connection reset by peer"), "client"))
        .isEqualTo("the client reset the connection during the TLS handshake");
  }

  @Test
  void prefersItsOwnJudgementOfACertificate() {
    SSLException wrapped = new SSLHandshakeException("Received fatal alert: internal_error");
    boolean unused = wrapped.initCause(new RefusedCertificate("too old")) == wrapped;
    assertThat(TlsRefusals.sentence(wrapped, "client")).isEqualTo("too old");
  }

  @Test
  void neverNamesAnException() {
    assertThat(TlsRefusals.sentence(new SSLException("?"), "server"))
        .isEqualTo("the TLS handshake with the server failed");
    assertThat(TlsRefusals.find(new IllegalStateException(), "server")).isEmpty();
  }

  @Test
  void keepsControlCharactersOfAPeerOutOfSentences() {
    assertThat(ForeignText.printable("a\r\nb" + "c".repeat(200))).hasSize(100).startsWith("a��b");
  }
}
