package dev.moat.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.problem.ProblemDetails;
import dev.moat.coap.service.Response;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemWordsTest {
  @Test
  void putsProblemDetailsIntoWords() {
    Response response =
        ProblemDetails.of("No such lock")
            .withDetail("there are two")
            .withUnprocessedOptions(List.of(OptionNumber.IF_MATCH, 65001))
            .withInstance("/log/1")
            .toResponse(Code.BAD_OPTION);
    assertThat(ProblemWords.of(response))
        .contains(
            "No such lock; there are two; options not processed: If-Match, Option 65001; see"
                + " /log/1");
  }

  @Test
  void takesADiagnosticMessageAsItIs() {
    assertThat(ProblemWords.of(Response.diagnostic(Code.BAD_REQUEST, "no\u001b[31m way")))
        .contains("no\\x1b[31m way");
    assertThat(ProblemWords.of(Response.of(Code.BAD_REQUEST))).isEmpty();
  }

  @Test
  void saysThatProblemDetailsAreMalformed() {
    Response whole = ProblemDetails.of("x").toResponse(Code.BAD_REQUEST);
    assertThat(ProblemWords.of(whole.withPayload(Bytes.hex("ff"))))
        .contains("(malformed problem details) 0xff");
  }
}
