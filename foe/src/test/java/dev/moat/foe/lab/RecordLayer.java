package dev.moat.foe.lab;

import dev.moat.bytes.ByteReader;
import dev.moat.bytes.ByteWriter;
import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.coap.service.Peer;
import dev.moat.crypto.Aead;
import dev.moat.crypto.AeadAlgorithm;
import dev.moat.crypto.JdkCrypto;
import dev.moat.endpoint.stack.DatagramProtocol;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * A stub of a record layer such as that of DTLS: each datagram is encrypted, numbered and received
 * once, and nothing ties a response to its request. Copies of a datagram go out as the same record,
 * so that a ladder's lines for them hold.
 */
final class RecordLayer implements DatagramProtocol {
  /** Number and tag. */
  static final int OVERHEAD_OCTETS = 16;

  private static final AeadAlgorithm ALGORITHM = AeadAlgorithm.AES_CCM_16_64_128;
  private static final int NUMBER_OCTETS = 8;
  private static final byte[] NOTHING = {};

  private final DatagramProtocol inner;
  private final Aead sending;
  private final Aead receiving;
  private final Map<Bytes, Bytes> recordOf = new HashMap<>();
  private final Set<Long> received = new HashSet<>();

  RecordLayer(DatagramProtocol inner, int sendingKey, int receivingKey) {
    this.inner = inner;
    this.sending = aead(sendingKey);
    this.receiving = aead(receivingKey);
  }

  private static Aead aead(int key) {
    byte[] octets = new byte[16];
    octets[0] = (byte) key;
    try (SecretBytes secret = SecretBytes.copyOf(octets)) {
      return JdkCrypto.create().aead(ALGORITHM, secret);
    }
  }

  private static byte[] nonce(long number) {
    return new ByteWriter(13).uint(0, 5).uint(number, NUMBER_OCTETS).toBytes().toArray();
  }

  private Bytes sealed(Bytes datagram) {
    long number = recordOf.size();
    byte[] buffer = new byte[datagram.length() + ALGORITHM.tagOctets()];
    datagram.copyTo(buffer, 0);
    sending.seal(nonce(number), NOTHING, 0, buffer, 0, datagram.length());
    return Bytes.uint(number | 1L << 56).plus(Bytes.owned(buffer));
  }

  @Override
  public void onDatagram(Peer from, Bytes datagram, boolean multicast, long now) {
    long number = new ByteReader(datagram).uint(NUMBER_OCTETS) & ~(1L << 56);
    byte[] buffer = datagram.slice(NUMBER_OCTETS, datagram.length()).toArray();
    boolean genuine = receiving.open(nonce(number), NOTHING, 0, buffer, 0, buffer.length);
    if (genuine && received.add(number)) {
      int length = buffer.length - ALGORITHM.tagOctets();
      inner.onDatagram(from, Bytes.copyOf(buffer, 0, length), multicast, now);
    }
  }

  @Override
  public void drainTo(Outgoing out) {
    inner.drainTo((to, datagram) -> out.send(to, record(datagram)));
  }

  private Bytes record(Bytes datagram) {
    Bytes known = recordOf.get(datagram);
    Bytes record = known == null ? sealed(datagram) : known;
    recordOf.put(datagram, record);
    return record;
  }

  @Override
  public void onSendFailed(Peer to, Bytes datagram, long now) {
    throw new IllegalStateException("the virtual network sends everything");
  }

  @Override
  public void onTimeout(long now) {
    inner.onTimeout(now);
  }

  @Override
  public long nextTimeoutNanos() {
    return inner.nextTimeoutNanos();
  }

  @Override
  public void close(long now) {
    inner.close(now);
  }
}
