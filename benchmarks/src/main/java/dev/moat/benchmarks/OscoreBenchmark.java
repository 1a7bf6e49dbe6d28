package dev.moat.benchmarks;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.crypto.Crypto;
import dev.moat.crypto.JdkCrypto;
import dev.moat.oscore.OscoreException;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.InsecureVolatileReservations;
import dev.moat.oscore.context.KeyUsageLimits;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.protect.ProtectedRequest;
import dev.moat.oscore.protect.Protector;
import dev.moat.oscore.protect.ResponseForm;
import dev.moat.oscore.protect.Unprotected;
import dev.moat.oscore.protect.VerifiedResponse;
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

/** One protected exchange, both sides, to compare with its floor: {@link AeadBenchmark}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class OscoreBenchmark {
  private static final Crypto CRYPTO = JdkCrypto.create();
  private static final Bytes PAYLOAD = Bytes.owned(new byte[16]);

  private final Protector clientSide = new Protector(CRYPTO);
  private final Protector serverSide = new Protector(CRYPTO);
  private final SecurityContext client;
  private final SecurityContext server;
  private final Request request =
      Request.to(Peer.of(Bytes.of(192, 0, 2, 1), 5683), Code.PUT, "lock").withPayload(PAYLOAD);
  private final Response response = Response.of(Code.CHANGED).withPayload(PAYLOAD);

  /** Derives both views of one context; a benchmark would soon wear a real key out. */
  public OscoreBenchmark() {
    try (SecretBytes secret = SecretBytes.copyOf(new byte[16]);
        ContextParameters own =
            ContextParameters.builder(secret, Bytes.of(2), Bytes.of(1))
                .keyUsageLimits(new KeyUsageLimits(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE))
                .build();
        ContextParameters peer = own.reversed()) {
      client = derive(own);
      server = derive(peer);
    }
  }

  private static SecurityContext derive(ContextParameters parameters) {
    return SecurityContext.derive(
        parameters,
        CRYPTO,
        InsecureVolatileReservations.start(0),
        SecurityContext.Provenance.FRESH);
  }

  /** Protect and verify a request, protect and verify its response. */
  @Benchmark
  public VerifiedResponse exchanges() throws OscoreException {
    ProtectedRequest sent = clientSide.protectRequest(client, request);
    Unprotected received = serverSide.unprotectRequest(server, sent.outer());
    if (!(received instanceof Unprotected.Fresh fresh)) {
      throw new IllegalStateException("not fresh: " + received);
    }
    Response answer =
        serverSide.protectResponse(fresh.binding(), response, ResponseForm.REUSE_NONCE);
    return clientSide.unprotectResponse(sent.binding(), answer);
  }

  /** Erases the keys. */
  @TearDown(Level.Trial)
  public void close() {
    clientSide.close();
    serverSide.close();
    client.close();
    server.close();
  }
}
