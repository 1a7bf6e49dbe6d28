package dev.moat.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomeAdviceTest {
  private static final Peer SERVER = Peer.of(Bytes.of(127, 0, 0, 1), 5683);

  @Test
  void tellsToReadBackBeforeRepeatingAnIdempotentRequest() {
    String advice = OutcomeAdvice.of(unknown(Code.PUT), "coap://h/lock");
    assertThat(advice).contains("may have been executed").contains("moat get 'coap://h/lock'");
    assertThat(advice).contains("then repeat it");
  }

  @Test
  void warnsOfRepeatingWhatIsNotIdempotent() {
    assertThat(OutcomeAdvice.of(unknown(Code.POST), "coap://h/x")).contains("do not simply repeat");
  }

  @Test
  void repeatsASafeRequestWithoutWorry() {
    assertThat(OutcomeAdvice.of(unknown(Code.GET), "coap://h/x")).contains("Nothing was changed");
  }

  @ParameterizedTest
  @EnumSource(Outcome.Cause.class)
  void hasAdviceForEveryCause(Outcome.Cause cause) {
    assertThat(OutcomeAdvice.of(new Outcome.NotDelivered(request(Code.PUT), cause)))
        .contains("did not act");
  }

  @ParameterizedTest
  @EnumSource(Outcome.Doubt.class)
  void namesEveryDoubt(Outcome.Doubt doubt) {
    assertThat(OutcomeAdvice.doubt(new Outcome.Unknown(request(Code.PUT), doubt))).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4.00", "4.01", "4.02", "4.03", "4.04", "4.05", "4.06", "4.08", "4.09", "4.12", "4.13",
        "4.15", "4.22", "4.29", "5.00", "5.01", "5.02", "5.03", "5.04", "5.05", "5.08"
      })
  void hasAdviceForEveryErrorCode(String dotted) {
    String[] parts = dotted.split("\\.");
    Code code = Code.of(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    assertThat(OutcomeAdvice.of(Response.of(code), request(Code.PUT), "coap://h")).endsWith(".");
  }

  @Test
  void namesTheDiscoveryAfter404() {
    assertThat(OutcomeAdvice.of(Response.of(Code.NOT_FOUND), request(Code.GET), "coap://h"))
        .contains("moat discover coap://h");
  }

  @Test
  void waitsAsLongAsTheServerSays() {
    Response response =
        Response.of(Code.SERVICE_UNAVAILABLE).with(Option.uint(OptionNumber.MAX_AGE, 7));
    assertThat(OutcomeAdvice.of(response, request(Code.GET), "coap://h")).contains("7 s");
  }

  private static Outcome.Unknown unknown(Code method) {
    return new Outcome.Unknown(request(method), Outcome.Doubt.NO_ACKNOWLEDGEMENT);
  }

  private static Request request(Code method) {
    return Request.to(SERVER, method, "/x");
  }
}
