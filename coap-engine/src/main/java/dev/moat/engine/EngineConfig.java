package dev.moat.engine;

import dev.moat.coap.option.OptionDefinition;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.OptionRegistry;

/**
 * Everything an engine can be told. Immutable; one configuration may serve many engines.
 *
 * @param transmission RFC 7252's parameters
 * @param limits how much is remembered at most
 * @param tokens makes each engine's {@link TokenSource}
 * @param separateAckDelayNanos how long an answer may take before its request is acknowledged by an
 *     Empty message
 * @param responseTimeoutNanos how long a response is awaited after the acknowledgement, or after a
 *     non-confirmable request
 * @param doubtGraceNanos how long a genuine response is awaited after an unprotected error answered
 *     a protected request
 * @param amplification limits towards unproven addresses
 * @param observe how notifications go out
 * @param options what this endpoint acts on; other critical options are refused (RFC 7252, 5.4.1)
 */
public record EngineConfig(
    TransmissionParameters transmission,
    EngineLimits limits,
    TokenSource.Factory tokens,
    long separateAckDelayNanos,
    long responseTimeoutNanos,
    long doubtGraceNanos,
    AmplificationPolicy amplification,
    ObservePolicy observe,
    OptionRegistry options) {
  private static final long MILLISECOND = 1_000_000L;
  private static final OptionDefinition OSCORE =
      OptionRegistry.standard().find(OptionNumber.OSCORE).orElseThrow();
  private static final OptionDefinition EDHOC =
      OptionRegistry.standard().find(OptionNumber.EDHOC).orElseThrow();

  /** Checks the ranges. */
  public EngineConfig {
    if (separateAckDelayNanos < 0 || responseTimeoutNanos <= 0 || doubtGraceNanos <= 0) {
      throw new IllegalArgumentException("delays must not be negative, time-outs positive");
    }
  }

  /**
   * RFC 7252's parameters, sequential tokens, acknowledgement after 250 ms, responses awaited for
   * 90 s, for 2 s after an unprotected error.
   */
  public static EngineConfig defaults() {
    return new EngineConfig(
        TransmissionParameters.defaults(),
        EngineLimits.defaults(),
        SequentialTokens::new,
        250 * MILLISECOND,
        90_000 * MILLISECOND,
        2_000 * MILLISECOND,
        AmplificationPolicy.defaults(),
        ObservePolicy.defaults(),
        implemented());
  }

  /** This with other transmission parameters. */
  public EngineConfig withTransmission(TransmissionParameters parameters) {
    return new EngineConfig(
        parameters,
        limits,
        tokens,
        separateAckDelayNanos,
        responseTimeoutNanos,
        doubtGraceNanos,
        amplification,
        observe,
        options);
  }

  /** This with other limits. */
  public EngineConfig withLimits(EngineLimits newLimits) {
    return new EngineConfig(
        transmission,
        newLimits,
        tokens,
        separateAckDelayNanos,
        responseTimeoutNanos,
        doubtGraceNanos,
        amplification,
        observe,
        options);
  }

  /** This with another choice of tokens. */
  public EngineConfig withTokens(TokenSource.Factory factory) {
    return new EngineConfig(
        transmission,
        limits,
        factory,
        separateAckDelayNanos,
        responseTimeoutNanos,
        doubtGraceNanos,
        amplification,
        observe,
        options);
  }

  /** This with another delay before an Empty acknowledgement. */
  public EngineConfig withSeparateAckDelayNanos(long nanos) {
    return new EngineConfig(
        transmission,
        limits,
        tokens,
        nanos,
        responseTimeoutNanos,
        doubtGraceNanos,
        amplification,
        observe,
        options);
  }

  /** This with another time to wait for a response. */
  public EngineConfig withResponseTimeoutNanos(long nanos) {
    return new EngineConfig(
        transmission,
        limits,
        tokens,
        separateAckDelayNanos,
        nanos,
        doubtGraceNanos,
        amplification,
        observe,
        options);
  }

  /** This with another time to wait for a genuine response after an unprotected error. */
  public EngineConfig withDoubtGraceNanos(long nanos) {
    return new EngineConfig(
        transmission,
        limits,
        tokens,
        separateAckDelayNanos,
        responseTimeoutNanos,
        nanos,
        amplification,
        observe,
        options);
  }

  /** This with another amplification policy. */
  public EngineConfig withAmplification(AmplificationPolicy policy) {
    return new EngineConfig(
        transmission,
        limits,
        tokens,
        separateAckDelayNanos,
        responseTimeoutNanos,
        doubtGraceNanos,
        policy,
        observe,
        options);
  }

  /** This with another observe policy. */
  public EngineConfig withObserve(ObservePolicy policy) {
    return new EngineConfig(
        transmission,
        limits,
        tokens,
        separateAckDelayNanos,
        responseTimeoutNanos,
        doubtGraceNanos,
        amplification,
        policy,
        options);
  }

  /** This with other options to act on. */
  public EngineConfig withOptions(OptionRegistry registry) {
    return new EngineConfig(
        transmission,
        limits,
        tokens,
        separateAckDelayNanos,
        responseTimeoutNanos,
        doubtGraceNanos,
        amplification,
        observe,
        registry);
  }

  /**
   * This for a stack that has an OSCORE stage: the OSCORE option is no longer refused, but handed
   * on (RFC 8613, Section 2).
   */
  public EngineConfig withOscore() {
    boolean known = options.find(OptionNumber.OSCORE).isPresent();
    return known ? this : withOptions(options.with(OSCORE));
  }

  /**
   * This for a stack that has the stages of RFC 9668: the EDHOC option is no longer refused, but
   * handed on.
   */
  public EngineConfig withEdhoc() {
    boolean known = options.find(OptionNumber.EDHOC).isPresent();
    return known ? this : withOptions(options.with(EDHOC));
  }

  /** All of the standard options but those of protocols that no stage acts on yet. */
  private static OptionRegistry implemented() {
    return OptionRegistry.standard()
        .without(OptionNumber.OSCORE)
        .without(OptionNumber.EDHOC)
        .without(OptionNumber.Q_BLOCK1)
        .without(OptionNumber.Q_BLOCK2);
  }
}
