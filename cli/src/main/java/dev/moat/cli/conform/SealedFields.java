package dev.moat.cli.conform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.bytes.Bytes;
import dev.moat.cli.conform.cases.Findings;
import dev.moat.cli.conform.cases.Json;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.Options;
import dev.moat.crypto.InsecureWatchedCrypto;
import dev.moat.oscore.OscoreException;
import dev.moat.oscore.option.OscoreOption;
import java.util.Optional;

/** Compares what went through the AEAD, and the OSCORE option, with what a vector states. */
final class SealedFields {
  private SealedFields() {}

  /** Compares the fields of one sealed or opened message, as far as {@code stated} has them. */
  static void compare(JsonNode stated, AeadRecorder recorder, Findings findings) {
    Optional<InsecureWatchedCrypto.Use> call = recorder.last();
    if (call.isEmpty()) {
      findings.problem("nothing was sealed or opened");
      return;
    }
    findings.asStated("nonce", stated, call.get().nonce());
    findings.asStated("aad", stated, call.get().aad());
    findings.asStated("aad_array", stated, tail(stated, "aad_array", call.get().aad()));
    findings.asStated("plaintext", stated, call.get().plaintext());
    findings.asStated("ciphertext", stated, call.get().ciphertext());
    findings.asStated("encryption_key", stated, call.get().key());
    findings.asStated("sender_key", stated, call.get().key());
  }

  /** The array is the external_aad, the last item of the Enc_structure (RFC 8613, Section 5.4). */
  private static Bytes tail(JsonNode stated, String member, Bytes aad) {
    int length = Json.optional(stated, member).map(Bytes::length).orElse(0);
    return aad.slice(Math.max(0, aad.length() - length), aad.length());
  }

  /** Compares the OSCORE option of a protected message, whole and field by field. */
  static void option(JsonNode stated, Options options, Findings findings) {
    Optional<Bytes> value = options.first(OptionNumber.OSCORE);
    if (value.isEmpty()) {
      findings.problem("the protected message has no OSCORE option");
      return;
    }
    findings.asStated("oscore_option", stated, value.get());
    findings.asStated("oscore_option_value", stated, value.get());
    try {
      OscoreOption option = OscoreOption.decode(value.get());
      findings.same("partial_iv", Json.optional(stated, "partial_iv"), option.partialIv());
      findings.same("kid", Json.optional(stated, "kid"), option.kid());
      findings.same("kid_context", Json.optional(stated, "kid_context"), option.kidContext());
    } catch (OscoreException e) {
      findings.problem("the OSCORE option is refused with " + e.reason());
    }
  }
}
