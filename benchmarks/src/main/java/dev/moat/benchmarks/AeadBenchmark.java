package dev.moat.benchmarks;

import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.Aead;
import dev.moat.crypto.AeadAlgorithm;
import dev.moat.crypto.JdkCrypto;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the encryption alone costs of one protected exchange: the floor for OSCORE, with its default
 * algorithm and the sizes that a payload of 16 octets leads to.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class AeadBenchmark {
  private static final int PLAINTEXT_OCTETS = 24;
  private static final int AAD_OCTETS = 20;

  private final Aead clientSender = keyed(1);
  private final Aead serverRecipient = keyed(1);
  private final Aead serverSender = keyed(2);
  private final Aead clientRecipient = keyed(2);
  private final byte[] nonce = new byte[13];
  private final byte[] aad = new byte[AAD_OCTETS];
  private final byte[] buffer = new byte[PLAINTEXT_OCTETS + 8];
  private int number;

  /** Seal and open a request, seal and open its response. */
  @Benchmark
  public boolean sealsAndOpensBothWays() {
    // Like Partial IVs, nonces count.
    number++;
    for (int i = 0; i < 4; i++) {
      nonce[9 + i] = (byte) (number >>> (24 - 8 * i));
    }
    return across(clientSender, serverRecipient) && across(serverSender, clientRecipient);
  }

  private boolean across(Aead sender, Aead recipient) {
    sender.seal(nonce, aad, AAD_OCTETS, buffer, 0, PLAINTEXT_OCTETS);
    return recipient.open(nonce, aad, AAD_OCTETS, buffer, 0, buffer.length);
  }

  /** Erases the keys. */
  @TearDown(Level.Trial)
  public void close() {
    clientSender.close();
    serverRecipient.close();
    serverSender.close();
    clientRecipient.close();
  }

  private static Aead keyed(int octet) {
    byte[] octets = new byte[AeadAlgorithm.AES_CCM_16_64_128.keyOctets()];
    octets[0] = (byte) octet;
    try (SecretBytes key = SecretBytes.copyOf(octets)) {
      return JdkCrypto.create().aead(AeadAlgorithm.AES_CCM_16_64_128, key);
    }
  }
}
