package dev.moat.cost.tls;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.bytes.SecretBytes;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Peer;
import dev.moat.cost.exchange.ExchangeMessage;
import dev.moat.cost.exchange.Origin;
import dev.moat.cost.exchange.Protocol;
import dev.moat.cost.exchange.RecordOverhead;
import dev.moat.cost.exchange.RecordedExchange;
import dev.moat.cost.measure.DatagramRecorder;
import dev.moat.cost.measure.MeasurementFailure;
import dev.moat.cost.measure.RecordedDatagram;
import dev.moat.cost.measure.RecordedPath;
import dev.moat.crypto.Curves;
import dev.moat.crypto.bc.PrimitivesChoice;
import dev.moat.endpoint.credentials.Credentials;
import dev.moat.endpoint.credentials.PreSharedKey;
import dev.moat.endpoint.dtls.DtlsConfig;
import dev.moat.endpoint.dtls.DtlsEndpoint;
import dev.moat.radio.Direction;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs DTLS 1.2 between two of our endpoints over UDP and records every datagram. Each handshake is
 * a full one with the exchange of a cookie, offers one cipher suite, and asks for no session id and
 * sends no name of a server: as short as the library makes it. Extended master secret (RFC 7627) is
 * in, as our endpoint demands. Thread-safe.
 */
public final class DtlsBench {
  private static final long PATIENCE_SECONDS = 25;
  private static final Duration NEVER = Duration.ofSeconds(60);
  private static final String IDENTITY = "device01";
  private static final int KEY_OCTETS = 16;
  private static final int TAG_OCTETS = 8;
  private static final String SOURCE = "sent over UDP in this run";

  /** ClientHello, HelloVerifyRequest, ClientHello, ServerHello.., ..Finished, Finished. */
  private static final int FLIGHTS = 6;

  private final Curves curves = PrimitivesChoice.best().curves();
  private final RandomSource random = new SecureRandom()::nextBytes;

  /**
   * Runs a handshake with fresh keys, then {@code sample}.
   *
   * @throws MeasurementFailure when it does not come to its end, or something was sent twice
   */
  public MeasuredProtection run(DtlsShape shape, CoapSample sample) {
    try (BenchAuthority authority = new BenchAuthority(curves, random, Instant.now());
        SecretBytes secret = SecretBytes.random(KEY_OCTETS, random)) {
      PreSharedKey shared = new PreSharedKey(IDENTITY, secret);
      Credentials.Builder server = Credentials.builder();
      Credentials.Builder client = Credentials.builder();
      switch (shape.keys()) {
        case PSK, PSK_ECDHE -> {
          server.accept(shared);
          client.preSharedKey(shared);
        }
        case RPK -> {
          var ofServer = authority.rawKey();
          var ofClient = authority.rawKey();
          server.rawKey(ofServer).trust(ofClient.getPublic());
          client.rawKey(ofClient).trust(ofServer.getPublic());
        }
        case X509 -> {
          server.certificate(authority.server()).trust(authority.certificate());
          client.certificate(authority.client()).trust(authority.certificate());
        }
      }
      return new Run(shape, sample).between(server.build(), client.build());
    }
  }

  /** One run. */
  private record Run(DtlsShape shape, CoapSample sample) {
    MeasuredProtection between(Credentials ofServer, Credentials ofClient) {
      WireEnd serving = WireEnd.answering(sample.responseDatagram());
      WireEnd asking = WireEnd.asking();
      try (DtlsEndpoint server =
              DtlsEndpoint.start(config(ofServer).serverRole(), gate -> serving, EventSink.NONE);
          DatagramRecorder recorder = new DatagramRecorder(server.address());
          DtlsEndpoint client =
              DtlsEndpoint.start(config(ofClient).clientRole(), gate -> asking, EventSink.NONE)) {
        RecordedPath path = recorder.path();
        Peer peer = await("handshake", client.connect(path.address(), BenchAuthority.HOST));
        int handshake = path.recorded().size();
        client.loop().execute(now -> asking.say(peer, sample.requestDatagram()));
        Bytes response = await("first request", asking.received());
        Bytes request = await("first request", serving.received());
        require(
            response.equals(sample.responseDatagram()) && request.equals(sample.requestDatagram()),
            "first request",
            "other octets came than were sent");
        return measured(path.recorded(), handshake);
      }
    }

    private DtlsConfig config(Credentials credentials) {
      InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      return DtlsConfig.at(loopback, credentials)
          .withHandshakes(new DtlsConfig.Handshakes(NEVER, NEVER, 1, false))
          .withSuites(shape.keys().suite())
          .withConnectionIdOctets(shape.connectionIdOctets());
    }

    private <T> T await(String step, CompletableFuture<T> stage) {
      try {
        return stage.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      } catch (ExecutionException failed) {
        throw new MeasurementFailure(shape.id(), step, failed);
      } catch (TimeoutException late) {
        throw new MeasurementFailure(shape.id(), step, "not over after " + PATIENCE_SECONDS + " s");
      } catch (InterruptedException asked) {
        Thread.currentThread().interrupt();
        throw new MeasurementFailure(shape.id(), step, asked);
      }
    }

    private void require(boolean holds, String step, String otherwise) {
      if (!holds) {
        throw new MeasurementFailure(shape.id(), step, otherwise);
      }
    }

    private MeasuredProtection measured(List<RecordedDatagram> recorded, int handshake) {
      List<Flights.Sent> sent = recorded.stream().map(Run::sent).toList();
      DtlsNames records = new DtlsNames(shape.connectionIdOctets());
      List<ExchangeMessage> flights = Flights.of(sent.subList(0, handshake), records::names);
      require(
          flights.size() == FLIGHTS,
          "reading the record",
          FLIGHTS + " flights make a handshake, and there were " + flights.size());
      require(
          sent.size() == handshake + 2
              && sent.get(handshake).direction() == Direction.UPLINK
              && sent.get(handshake + 1).direction() == Direction.DOWNLINK,
          "reading the record",
          "a request and its response are two datagrams, and there were "
              + (sent.size() - handshake));
      return measured(flights, sent.get(handshake), sent.get(handshake + 1));
    }

    private static Flights.Sent sent(RecordedDatagram datagram) {
      return new Flights.Sent(
          datagram.toServer() ? Direction.UPLINK : Direction.DOWNLINK, datagram.octets());
    }

    private MeasuredProtection measured(
        List<ExchangeMessage> flights, Flights.Sent request, Flights.Sent response) {
      List<ExchangeMessage> messages = new ArrayList<>(flights);
      messages.add(Flights.data("request", sample.request().payload().length(), request));
      messages.add(Flights.data("response", sample.response().payload().length(), response));
      int plainRequest = sample.requestDatagram().length();
      int plainResponse = sample.responseDatagram().length();
      return new MeasuredProtection(
          new RecordedExchange(
              shape.id(),
              shape.title(),
              Protocol.DTLS_1_2,
              Origin.MEASURED,
              SOURCE,
              Optional.empty(),
              messages),
          new RecordOverhead(
              Protocol.DTLS_1_2,
              shape.variant(),
              plainRequest,
              plainResponse,
              Origin.MEASURED,
              request.octets().length() - plainRequest,
              response.octets().length() - plainResponse,
              TAG_OCTETS,
              SOURCE));
    }
  }
}
