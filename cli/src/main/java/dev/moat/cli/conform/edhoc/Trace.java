package dev.moat.cli.conform.edhoc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.bytes.Bytes;
import dev.moat.cli.conform.cases.Json;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.message.ConnectionId;
import dev.moat.edhoc.message.EadItems;
import dev.moat.edhoc.message.SuitesField;
import dev.moat.edhoc.suite.CipherSuite;
import dev.moat.edhoc.suite.Method;
import java.util.List;

/**
 * A handshake as a vector states it.
 *
 * @param stated the whole case
 * @param method its method
 * @param suite its selected suite
 * @param suites SUITES_I
 */
record Trace(JsonNode stated, Method method, CipherSuite suite, SuitesField suites) {
  /** A trace that runs with these algorithms. */
  static Trace of(JsonNode testCase, Method method, CipherSuite suite) {
    List<Integer> listed = Integers.of(testCase.path("suites_i"));
    SuitesField suites = new SuitesField(listed.isEmpty() ? List.of(suite.value()) : listed);
    return new Trace(testCase, method, suite, suites);
  }

  /** The stated values. */
  JsonNode values() {
    return stated.path("values");
  }

  /** A value that has to be there. */
  Bytes value(String name) {
    return Json.octets(values(), name);
  }

  /** C_I or C_R. */
  ConnectionId connectionId(Role role) {
    return new ConnectionId(value("C_" + letter(role)));
  }

  /** EAD_1 to EAD_4: as items where these are stated, else as octets. */
  EadItems ead(int message) {
    return EadMembers.items(stated.path("ead").path(message - 1));
  }

  /** True unless the case says that there is no message_4. */
  boolean hasMessage4() {
    return stated.path("message_4_used").asBoolean(true);
  }

  /** I or R, as in the names of values. */
  static String letter(Role role) {
    return role == Role.INITIATOR ? "I" : "R";
  }
}
