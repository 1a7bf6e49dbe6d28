package dev.moat.cost.device;

import dev.moat.bytes.RandomSource;
import dev.moat.cost.tls.PublishedExchanges;
import dev.moat.cost.tls.PublishedFootprint;
import dev.moat.crypto.Primitives;
import dev.moat.crypto.bc.PrimitivesChoice;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.suite.AuthenticationKind;
import dev.moat.edhoc.suite.CipherSuite;
import dev.moat.edhoc.suite.CipherSuites;
import dev.moat.edhoc.suite.Method;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * All that this machine can say about a device.
 *
 * @param methods methods 0 to 4
 * @param code what EDHOC adds to CoAP and OSCORE
 * @param references published figures of implementations on a device
 * @param provider what computed with curves, for the reader of the times
 */
public record DeviceFigures(
    List<MethodFigures> methods,
    CodeSize code,
    List<PublishedFootprint> references,
    String provider) {
  /** The suite of all figures: P-256, AES-CCM with tags of 8 octets. */
  public static final int SUITE = 2;

  /** Keeps copies. */
  public DeviceFigures {
    methods = List.copyOf(methods);
    references = List.copyOf(references);
  }

  /** Measures for about 2 s. */
  public static DeviceFigures measure() {
    return measure(Duration.ofSeconds(2));
  }

  /** Measures; {@code cpuBudget} is shared by the times of all methods. */
  public static DeviceFigures measure(Duration cpuBudget) {
    Primitives primitives = PrimitivesChoice.best();
    RandomSource random = new SecureRandom()::nextBytes;
    Method[] all = Method.values();
    List<MethodFigures> methods = new ArrayList<>();
    for (Method method : all) {
      methods.add(measure(method, primitives, random, cpuBudget.dividedBy(all.length)));
    }
    return new DeviceFigures(
        methods,
        CodeSize.measure(),
        PublishedExchanges.read().footprints(),
        primitives.curves().provider());
  }

  /** The figures of a method. */
  public MethodFigures method(int number) {
    return methods.stream()
        .filter(one -> one.method() == number)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no method " + number));
  }

  static MethodFigures measure(
      Method method, Primitives primitives, RandomSource random, Duration cpuBudget) {
    CipherSuite suite = CipherSuites.standard().require(SUITE);
    CountingPrimitives initiator = new CountingPrimitives(primitives);
    CountingPrimitives responder = new CountingPrimitives(primitives);
    CpuTime cpu = CpuTime.measure(method, suite, primitives, random, cpuBudget);
    try (MemoryHandshake handshake =
        new MemoryHandshake(
            method, suite, initiator.primitives(), responder.primitives(), random)) {
      initiator.reset(); // the long-term keys
      responder.reset();
      MemoryHandshake.Messages sent = handshake.run(MemoryHandshake.Meter.none());
      int credential = handshake.credentialOctets();
      boolean staticInitiator =
          method != Method.PSK && method.of(Role.INITIATOR) == AuthenticationKind.STATIC_DH;
      return new MethodFigures(
          method.value(),
          SUITE,
          new RoleFigures(
              initiator.counted(),
              HandshakeState.ofInitiator(suite, credential, sent),
              cpu.initiatorNanos()),
          new RoleFigures(
              responder.counted(),
              HandshakeState.ofResponder(suite, staticInitiator, credential, sent),
              cpu.responderNanos()),
          cpu);
    }
  }
}
