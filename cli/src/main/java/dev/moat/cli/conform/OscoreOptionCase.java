package dev.moat.cli.conform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.bytes.Bytes;
import dev.moat.cli.conform.cases.CaseRunner;
import dev.moat.cli.conform.cases.Findings;
import dev.moat.cli.conform.cases.Json;
import dev.moat.oscore.OscoreException;
import dev.moat.oscore.option.OscoreOption;

/** A value of the OSCORE option has the stated fields, or is malformed (RFC 8613, Section 6.1). */
final class OscoreOptionCase implements CaseRunner {
  /** What some senders write for the empty value; understood, never written. */
  private static final Bytes LONE_ZERO = Bytes.of(0);

  @Override
  public void run(JsonNode testCase, Findings findings) {
    String expected = Json.text(testCase, "expected");
    Bytes value = Json.octets(testCase, "value");
    switch (expected) {
      case "ok" -> wellFormed(testCase, value, findings);
      case "malformed" -> malformed(value, findings);
      default -> findings.problem("expected is '" + expected + "', neither ok nor malformed");
    }
  }

  /** Compares the fields that {@code expected} states, and the value built from them. */
  static void wellFormed(JsonNode expected, Bytes value, Findings findings) {
    try {
      OscoreOption option = OscoreOption.decode(value);
      findings.same("partial_iv", Json.optional(expected, "partial_iv"), option.partialIv());
      findings.same("kid", Json.optional(expected, "kid"), option.kid());
      findings.same("kid_context", Json.optional(expected, "kid_context"), option.kidContext());
      Bytes shortest = value.equals(LONE_ZERO) ? Bytes.empty() : value;
      findings.same("encoded value", shortest, option.encode());
    } catch (OscoreException e) {
      findings.problem("refused with " + e.reason());
    }
  }

  private static void malformed(Bytes value, Findings findings) {
    try {
      OscoreOption option = OscoreOption.decode(value);
      findings.problem("accepted as " + option);
    } catch (OscoreException expected) {
      // Refused, as it must be.
    }
  }
}
