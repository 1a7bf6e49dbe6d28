package dev.moat.endpoint;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.coap.service.EventSink;
import dev.moat.crypto.Crypto;
import dev.moat.crypto.HedgedRandom;
import dev.moat.crypto.KeyMaterialException;
import dev.moat.edhoc.auth.Identity;
import dev.moat.edhoc.coap.client.EdhocClient;
import dev.moat.edhoc.coap.client.EdhocClientConfig;
import dev.moat.edhoc.run.EdhocSettings;
import dev.moat.oscore.rekey.ContextOnDemand;
import java.security.SecureRandom;
import java.time.Instant;

/** What EDHOC needs of the process it runs in: randomness, and the time of day. */
public final class Edhoc {
  private Edhoc() {}

  /**
   * A security context with one server that the first request establishes, for {@link
   * ClientRequest#securedBy(ContextOnDemand)}.
   */
  public static ContextOnDemand client(EdhocClientConfig config, EventSink events) {
    RandomSource random = hedged(config.settings(), new SecureRandom()::nextBytes);
    return new ContextOnDemand(new EdhocClient(config, random, Instant::now, events));
  }

  /**
   * {@code source} with a long-term key of the settings mixed in, where there is one (RFC 8937): so
   * that ephemeral keys stay secret and differ even when the source fails. Pre-shared keys are not
   * lent for this: who has nothing else gets {@code source} as it is.
   */
  public static RandomSource hedged(EdhocSettings settings, RandomSource source) {
    return settings.identities().stream()
        .findFirst()
        .map(identity -> hedged(settings, identity, source))
        .orElse(source);
  }

  private static RandomSource hedged(
      EdhocSettings settings, Identity identity, RandomSource source) {
    Crypto crypto = settings.primitives().symmetric();
    // Processes that have the same key at the same time differ by their numbers.
    Bytes device = Bytes.utf8("process " + ProcessHandle.current().pid());
    Bytes unique = Bytes.utf8(Instant.now() + " " + System.nanoTime());
    if (identity instanceof Identity.Signing signing) {
      return HedgedRandom.of(crypto, source, device, unique, signing.key());
    }
    Identity.StaticDh agreeing = (Identity.StaticDh) identity;
    try {
      return HedgedRandom.of(
          crypto, settings.primitives().curves(), source, device, unique, agreeing.key());
    } catch (KeyMaterialException unusable) {
      throw new IllegalArgumentException("the own key cannot be used", unusable);
    }
  }
}
