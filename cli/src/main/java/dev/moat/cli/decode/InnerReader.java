package dev.moat.cli.decode;

import dev.moat.bytes.Bytes;
import dev.moat.cli.console.Failure;
import dev.moat.coap.codec.StreamMessage;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Request;
import dev.moat.crypto.Crypto;
import dev.moat.crypto.JdkCrypto;
import dev.moat.oscore.OscoreException;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.context.SecurityContext.Provenance;
import dev.moat.oscore.context.SequenceReservations;
import dev.moat.oscore.option.OscoreOption;
import dev.moat.oscore.protect.Protector;
import dev.moat.oscore.protect.Unprotected;
import java.util.List;

/**
 * Verifies messages that were recorded, with either side's configuration. Works on contexts of its
 * own, which end with it: no sequence number is taken and no replay window moves.
 */
final class InnerReader {
  private final Crypto crypto = JdkCrypto.create();
  private final List<ContextParameters> known;

  /** A reader with these contexts, which stay the caller's. */
  InnerReader(List<ContextParameters> known) {
    this.known = known;
  }

  /** What a request says. */
  InnerMessage request(StreamMessage outer) {
    return InnerMessage.of(inner(outer));
  }

  /** What the response to a request says. */
  InnerMessage response(StreamMessage outer, StreamMessage outerRequest) {
    Request request = inner(outerRequest);
    long number = option(outerRequest).partialIv().map(Bytes::toUint).orElse(0L);
    try (ContextParameters server = receiver(outerRequest);
        ContextParameters client = server.reversed();
        SecurityContext context = context(client, number);
        Protector protector = new Protector(crypto)) {
      // Protecting the request once more, for nobody, ties the response to it.
      var binding = protector.protectRequest(context, request).binding();
      return InnerMessage.of(
          protector.unprotectResponse(binding, InnerMessage.response(outer)).inner());
    } catch (OscoreException e) {
      throw unverified("response", e);
    }
  }

  private Request inner(StreamMessage outer) {
    try (ContextParameters server = receiver(outer);
        SecurityContext context = context(server, 0);
        Protector protector = new Protector(crypto)) {
      Unprotected result = protector.unprotectRequest(context, InnerMessage.request(outer));
      if (result instanceof Unprotected.Fresh fresh) {
        return fresh.inner();
      }
      throw new IllegalStateException("a window that was never used refuses: " + result);
    } catch (OscoreException e) {
      throw unverified("request", e);
    }
  }

  /** The view of whoever receives this request; the configuration may be either side's. */
  private ContextParameters receiver(StreamMessage outer) {
    OscoreOption option = option(outer);
    Bytes kid =
        option
            .kid()
            .orElseThrow(
                () ->
                    new Failure(
                        "the message has no kid, as responses have none",
                        "Give the request that it answers with --request HEX."));
    for (ContextParameters one : known) {
      boolean fits = option.kidContext().isEmpty() || option.kidContext().equals(one.idContext());
      if (fits && one.recipientId().equals(kid)) {
        return one.toBuilder().build();
      }
      if (fits && one.senderId().equals(kid)) {
        return one.reversed();
      }
    }
    throw new Failure(
        "the configuration has no context for the kid 0x" + kid.toHex(),
        "Give the configuration of either side of this exchange.");
  }

  private static OscoreOption option(StreamMessage outer) {
    try {
      return OscoreOption.decode(outer.options().first(OptionNumber.OSCORE).orElseThrow());
    } catch (OscoreException e) {
      throw unverified("message", e);
    }
  }

  private SecurityContext context(ContextParameters parameters, long first) {
    SequenceReservations unsent = count -> new SequenceReservations.Reserved(first, first + count);
    return SecurityContext.derive(parameters, crypto, unsent, Provenance.FRESH);
  }

  private static Failure unverified(String what, OscoreException e) {
    return new Failure(
        "the " + what + " does not verify: " + e.reason().description(),
        "Is it complete, and the configuration the right one?",
        e);
  }
}
