package dev.moat.cost.tls;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.cost.exchange.ExchangeMessage;
import dev.moat.cost.exchange.Origin;
import dev.moat.cost.exchange.Protocol;
import dev.moat.cost.exchange.RecordOverhead;
import dev.moat.cost.exchange.RecordedExchange;
import dev.moat.cost.measure.MeasurementFailure;
import dev.moat.crypto.Curves;
import dev.moat.crypto.bc.PrimitivesChoice;
import dev.moat.endpoint.credentials.KeyedCertificate;
import dev.moat.radio.Direction;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;

/**
 * Runs TLS 1.3 of the JDK between two engines in memory, with TLS_AES_128_GCM_SHA256: the JDK has
 * no CCM_8, so its tags have 16 octets where those of the others have 8, and it pads every record
 * by 16 zeros (RFC 8446, Section 5.4), which nobody asked for. Groups, signature schemes, the
 * middlebox compatibility (6 octets in each direction) and the ticket at the end are as the JDK
 * sends them by itself. TCP's own segments are not counted. Thread-safe.
 */
public final class TlsBench {
  private static final String VERSION = "TLSv1.3";
  private static final String SUITE = "TLS_AES_128_GCM_SHA256";
  private static final int TAG_OCTETS = 16;
  private static final int PORT = 5684;
  private static final int FLIGHTS = 3;
  static final String TICKET = "[NewSessionTicket]";
  private static final String SOURCE = "sent between two engines of the JDK in this run";
  private static final char[] NO_PASSWORD = new char[0];

  private final Curves curves = PrimitivesChoice.best().curves();
  private final RandomSource random = new SecureRandom()::nextBytes;

  /**
   * Runs a handshake with fresh keys, then {@code sample} as CoAP over TCP (RFC 8323), of which
   * record and response are the only ones in their direction.
   *
   * @throws MeasurementFailure when it does not come to its end, or a session is not resumed
   */
  public MeasuredProtection run(TlsShape shape, CoapSample sample) {
    try (BenchAuthority authority = new BenchAuthority(curves, random, Instant.now())) {
      SSLContext server = context(Optional.of(authority.server()), authority.certificate());
      Optional<KeyedCertificate> shown =
          shape == TlsShape.SERVER_AUTHENTICATION
              ? Optional.empty()
              : Optional.of(authority.client());
      SSLContext client = context(shown, authority.certificate());
      if (shape == TlsShape.RESUMPTION) {
        EnginePair before = pair(shape, client, server);
        before.handshake();
        exchange(shape, before, sample); // a ticket counts once it has been read
      }
      EnginePair engines = pair(shape, client, server);
      engines.handshake();
      return measured(shape, engines, sample);
    } catch (GeneralSecurityException | IOException failed) {
      throw new MeasurementFailure(shape.id(), "handshake", failed);
    }
  }

  private static SSLContext context(Optional<KeyedCertificate> shown, X509Certificate anchor)
      throws GeneralSecurityException, IOException {
    KeyStore anchors = empty();
    anchors.setCertificateEntry("anchor", anchor);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(anchors);
    KeyStore own = empty();
    if (shown.isPresent()) {
      own.setKeyEntry(
          "own",
          shown.get().key(),
          NO_PASSWORD,
          shown.get().chain().toArray(X509Certificate[]::new));
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own, NO_PASSWORD);
    SSLContext context = SSLContext.getInstance(VERSION);
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), new SecureRandom());
    return context;
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    return store;
  }

  private static EnginePair pair(TlsShape shape, SSLContext client, SSLContext server) {
    SSLEngine asking = client.createSSLEngine(BenchAuthority.HOST, PORT);
    asking.setUseClientMode(true);
    SSLEngine serving = server.createSSLEngine();
    serving.setUseClientMode(false);
    serving.setNeedClientAuth(shape != TlsShape.SERVER_AUTHENTICATION);
    for (SSLEngine engine : List.of(asking, serving)) {
      engine.setEnabledProtocols(new String[] {VERSION});
      engine.setEnabledCipherSuites(new String[] {SUITE});
    }
    return new EnginePair(asking, serving);
  }

  private static void exchange(TlsShape shape, EnginePair engines, CoapSample sample)
      throws SSLException {
    Bytes request = engines.say(Direction.UPLINK, sample.requestOnStream());
    Bytes response = engines.say(Direction.DOWNLINK, sample.responseOnStream());
    if (!request.equals(sample.requestOnStream()) || !response.equals(sample.responseOnStream())) {
      throw new MeasurementFailure(shape.id(), "first request", "other octets came than were sent");
    }
  }

  private static MeasuredProtection measured(TlsShape shape, EnginePair engines, CoapSample sample)
      throws SSLException {
    List<Flights.Sent> handshake = engines.sent();
    boolean resumed =
        handshake.stream()
            .filter(sent -> sent.direction() == Direction.DOWNLINK)
            .anyMatch(sent -> TlsNames.acceptsSharedKey(sent.octets()));
    if (resumed != (shape == TlsShape.RESUMPTION)) {
      throw new MeasurementFailure(
          shape.id(), "handshake", resumed ? "resumed" : "the session was not resumed");
    }
    exchange(shape, engines, sample);
    List<Flights.Sent> data = engines.sent().subList(handshake.size(), handshake.size() + 2);
    List<ExchangeMessage> messages = flights(handshake);
    messages.add(Flights.data("request", sample.request().payload().length(), data.get(0)));
    messages.add(Flights.data("response", sample.response().payload().length(), data.get(1)));
    return new MeasuredProtection(
        new RecordedExchange(
            shape.id(),
            shape.title(),
            Protocol.TLS_1_3,
            Origin.MEASURED,
            SOURCE,
            Optional.empty(),
            messages),
        overhead(sample, data));
  }

  /** What the server sends after both are done can only be tickets (RFC 8446, Section 4.6.1). */
  private static List<ExchangeMessage> flights(List<Flights.Sent> handshake) {
    List<ExchangeMessage> flights = new ArrayList<>(Flights.of(handshake, TlsNames::names));
    if (flights.size() == FLIGHTS + 1) {
      flights.set(FLIGHTS, flights.get(FLIGHTS).named(TICKET));
    }
    return flights;
  }

  private static RecordOverhead overhead(CoapSample sample, List<Flights.Sent> data) {
    int plainRequest = sample.requestOnStream().length();
    int plainResponse = sample.responseOnStream().length();
    return new RecordOverhead(
        Protocol.TLS_1_3,
        "AES-GCM, tag of 16, padding as the JDK does",
        plainRequest,
        plainResponse,
        Origin.MEASURED,
        data.get(0).octets().length() - plainRequest,
        data.get(1).octets().length() - plainResponse,
        TAG_OCTETS,
        SOURCE);
  }
}
