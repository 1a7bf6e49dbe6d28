package dev.moat.benchmarks.transports;

import dev.moat.benchmarks.LatencyHistogram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.californium.elements.AddressEndpointContext;
import org.eclipse.californium.elements.RawData;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.config.SystemConfig;
import org.eclipse.californium.elements.config.UdpConfig;
import org.eclipse.californium.scandium.DTLSConnector;
import org.eclipse.californium.scandium.config.DtlsConfig;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.eclipse.californium.scandium.dtls.cipher.CipherSuite;
import org.eclipse.californium.scandium.dtls.pskstore.AdvancedSinglePskStore;

/**
 * One DTLS client of Scandium that sends prepared datagrams: no CoAP stack stands in between. Used
 * by one thread; answers come in on Scandium's.
 */
final class DtlsLoadClient implements AutoCloseable {
  private static final int MESSAGE_IDS = 1 << 16;
  private static final long PATIENCE_SECONDS = 5;

  private final InetSocketAddress server;
  private final DTLSConnector connector;
  private final BlockingQueue<Integer> answered = new ArrayBlockingQueue<>(1 << 12);
  private final long[] sentNanos = new long[MESSAGE_IDS];
  private final LatencyHistogram latencies = new LatencyHistogram();
  private final AtomicLong unexpected = new AtomicLong();
  private long deadlineNanos;
  private int next;

  DtlsLoadClient(InetSocketAddress server) throws IOException {
    this.server = server;
    connector = new DTLSConnector(config());
    connector.setRawDataReceiver(this::onDatagram);
    connector.start();
  }

  private static DtlsConnectorConfig config() {
    Configuration config =
        new Configuration(DtlsConfig.DEFINITIONS, UdpConfig.DEFINITIONS, SystemConfig.DEFINITIONS)
            .set(DtlsConfig.DTLS_RECEIVER_THREAD_COUNT, 1)
            .set(DtlsConfig.DTLS_CONNECTOR_THREAD_COUNT, 1);
    return DtlsConnectorConfig.builder(config)
        .setAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
        .set(DtlsConfig.DTLS_ROLE, DtlsConfig.DtlsRole.CLIENT_ONLY)
        .setAsList(DtlsConfig.DTLS_CIPHER_SUITES, CipherSuite.TLS_PSK_WITH_AES_128_CCM_8)
        .setAdvancedPskStore(new AdvancedSinglePskStore(Requests.IDENTITY, Requests.KEY))
        .build();
  }

  private void onDatagram(RawData raw) {
    byte[] octets = raw.getBytes();
    if (octets.length < 4 || (octets[1] & 0xff) != Requests.CONTENT) {
      unexpected.incrementAndGet();
      return;
    }
    boolean unused = answered.offer(((octets[2] & 0xff) << 8) | (octets[3] & 0xff));
  }

  /** Sends one GET and waits for its answer. */
  void shakeHands() throws InterruptedException {
    send();
    await();
  }

  /** Sets when the load is to end. */
  void until(long nanoTime) {
    deadlineNanos = nanoTime;
  }

  /** Keeps GETs outstanding until it is time. */
  void flood(int outstanding) {
    try {
      for (int i = 0; i < outstanding; i++) {
        send();
      }
      while (System.nanoTime() < deadlineNanos) {
        await();
        send();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Forgets the association and makes another until it is time. */
  void handshakes() {
    try {
      while (System.nanoTime() < deadlineNanos) {
        connector.clearConnectionState();
        shakeHands();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void send() {
    int messageId = next;
    next = (next + 1) % MESSAGE_IDS;
    sentNanos[messageId] = System.nanoTime();
    connector.send(
        RawData.outbound(
            Requests.datagram(messageId), new AddressEndpointContext(server), null, false));
  }

  private void await() throws InterruptedException {
    Integer messageId = answered.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (messageId == null) {
      unexpected.incrementAndGet();
    } else {
      latencies.record(System.nanoTime() - sentNanos[messageId]);
    }
  }

  LatencyHistogram latencies() {
    return latencies;
  }

  /** Answers that were no 2.05, and waits without answer. */
  long unexpected() {
    return unexpected.get();
  }

  @Override
  public void close() {
    connector.destroy();
  }
}
