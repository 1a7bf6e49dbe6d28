package dev.moat.cli.conform.edhoc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.cli.conform.cases.Findings;
import dev.moat.cose.CoseAlgorithms;
import dev.moat.edhoc.suite.CipherSuite;
import java.util.Locale;

/** Compares the algorithms that a vector states with those of the suite. */
final class SuiteMembers {
  private SuiteMembers() {}

  static void compare(CipherSuite suite, JsonNode testCase, Findings findings) {
    JsonNode stated = testCase.path("suite");
    same("edhoc_aead", stated, CoseAlgorithms.idOf(suite.aead()), findings);
    same("edhoc_hash", stated, suite.hash().name(), findings);
    same("mac_length_static_dh", stated, suite.macOctets(), findings);
    same("ecdh_curve", stated, suite.curve().name(), findings);
    same("signature", stated, suite.signature().name(), findings);
    same("app_aead", stated, CoseAlgorithms.idOf(suite.applicationAead()), findings);
    same("app_hash", stated, suite.applicationHash().name(), findings);
    int aead = CoseAlgorithms.idOf(suite.applicationAead());
    same("application_aead_algorithm", testCase, aead, findings);
    same("application_hash_algorithm", testCase, suite.applicationHash().id(), findings);
  }

  private static void same(String member, JsonNode stated, Object actual, Findings findings) {
    JsonNode value = stated.path(member);
    if (value.isValueNode() && !value.isNull()) {
      findings.same(member, plain(value.asText()), plain(actual.toString()));
    }
  }

  /** Names of algorithms are written in several ways. */
  private static String plain(String name) {
    return name.matches("-?\\d+") ? name : name.toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
  }
}
