package dev.moat.cli.conform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.bytes.Bytes;
import dev.moat.cli.conform.cases.CaseRunner;
import dev.moat.cli.conform.cases.Findings;
import dev.moat.coap.codec.MessageFormatException;
import dev.moat.coap.codec.UdpCodec;
import dev.moat.coap.message.Message;
import java.util.ArrayList;
import java.util.List;

/**
 * A message flow with Echo or Request-Tag (RFC 9175): every message decodes to the stated fields
 * and encodes back, and the flow is put to the filters of production.
 */
final class EchoRequestTagCase implements CaseRunner {
  @Override
  public void run(JsonNode testCase, Findings findings) {
    List<FlowStep> steps = new ArrayList<>();
    int number = 0;
    for (JsonNode step : testCase.path("steps")) {
      number++;
      steps.addAll(step(step, "step " + number, findings));
    }
    if (findings.none()) {
      EchoFlow.check(steps, findings);
      RequestTagFlow.check(steps, findings);
    }
  }

  private static List<FlowStep> step(JsonNode step, String name, Findings findings) {
    Bytes octets = Bytes.hex(step.path("coap").asText());
    String sender = step.path("sender").asText();
    if (!sender.equals("client") && !sender.equals("server")) {
      findings.problem(name + ": sender is '" + sender + "', neither client nor server");
      return List.of();
    }
    try {
      Message message = UdpCodec.decode(octets);
      Findings own = new Findings();
      DecodedFields.compare(step.path("decoded"), message, own);
      own.same("encoding", octets.toHex(), UdpCodec.encode(message).toHex());
      own.list().forEach(problem -> findings.problem(name + ": " + problem));
      return List.of(new FlowStep(name, sender.equals("client"), message));
    } catch (MessageFormatException e) {
      findings.problem(name + ": refused with " + e.reason().label() + " at offset " + e.offset());
      return List.of();
    }
  }
}
