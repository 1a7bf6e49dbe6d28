package dev.moat.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Reliability;
import dev.moat.coap.uri.Scheme;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestPlannerTest {
  private final RequestFlags flags = new RequestFlags();
  private final TransportFlags transport = new TransportFlags();

  @Test
  void turnsTheUriIntoOptions() {
    RequestPlan plan = plan(Code.GET, "coap://[2001:db8::1]:61616/a/b?c=d");
    assertThat(plan.options().uriPath()).containsExactly("a", "b");
    assertThat(plan.options().uriQuery()).containsExactly("c=d");
    assertThat(plan.target().destination())
        .isEqualTo(new Destination(Scheme.COAP, "2001:db8::1", 61616));
    assertThat(plan.reliability()).isEqualTo(Reliability.CONFIRMABLE);
    assertThat(plan.payload().isEmpty()).isTrue();
  }

  @Test
  void takesFormatsByNumberAndByName() {
    flags.text = "{}";
    flags.contentFormat = "application/json";
    flags.accept = "60";
    RequestPlan plan = plan(Code.POST, "coap://localhost/");
    assertThat(plan.options().contentFormat()).hasValue(50);
    assertThat(plan.options().uint(OptionNumber.ACCEPT)).hasValue(60);
    flags.accept = "application/tea";
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan(Code.POST, "coap://localhost/"))
        .withMessageContaining("application/tea")
        .withMessageContaining("application/json");
  }

  @Test
  void takesAnyOptionAsTextOrOctets() {
    flags.options = List.of("2049,text", "2050,0x0102", "5");
    RequestPlan plan = plan(Code.PUT, "coap://localhost/");
    assertThat(plan.options().toList())
        .contains(
            Option.text(2049, "text"),
            new Option(2050, Bytes.hex("0102")),
            new Option(OptionNumber.IF_NONE_MATCH, Bytes.empty()));
    flags.options = List.of("x,1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan(Code.PUT, "coap://localhost/"))
        .withMessageContaining("-O");
  }

  @Test
  void readsThePayloadFromTextOrStandardInputButNotBoth() {
    flags.text = "grüezi";
    assertThat(plan(Code.PUT, "coap://localhost/").payload()).isEqualTo(Bytes.utf8("grüezi"));
    flags.file = "-";
    assertThatIllegalArgumentException().isThrownBy(() -> plan(Code.PUT, "coap://localhost/"));
    flags.text = null;
    assertThat(plan(Code.PUT, "coap://localhost/").payload()).isEqualTo(Bytes.utf8("from stdin"));
  }

  @Test
  void observesOnlySafeMethods() {
    flags.subscribeSeconds = 5.0;
    assertThat(plan(Code.GET, "coap://localhost/").options().observe()).hasValue(0);
    assertThat(plan(Code.FETCH, "coap://localhost/").options().observe()).hasValue(0);
    assertThatIllegalArgumentException().isThrownBy(() -> plan(Code.PUT, "coap://localhost/"));
  }

  @Test
  void asksNoProxyInClearForWhatWantsSecurity() {
    transport.proxy = "coap://proxy.example";
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan(Code.GET, "coaps://origin.example/a"))
        .withMessageContaining("in clear");
    transport.proxy = "coaps://proxy.example";
    assertThat(plan(Code.GET, "coaps://origin.example/a").target().destination().scheme())
        .isEqualTo(Scheme.COAPS);
  }

  @Test
  void asksAProxyByProxyUriAlone() {
    transport.proxy = "coap://proxy.example:61616";
    RequestPlan plan = plan(Code.GET, "coap://origin.example/a");
    assertThat(plan.target().destination())
        .isEqualTo(new Destination(Scheme.COAP, "proxy.example", 61616));
    assertThat(plan.options().texts(OptionNumber.PROXY_URI))
        .containsExactly("coap://origin.example/a");
    assertThat(plan.options().size()).isEqualTo(1);
  }

  @Test
  void sendsAnotherMethodWhenAsked() {
    flags.method = "patch";
    assertThat(plan(Code.GET, "coap://localhost/").method()).isEqualTo(Code.PATCH);
    flags.method = "31";
    assertThat(plan(Code.GET, "coap://localhost/").method()).isEqualTo(Code.of(0, 31));
    flags.method = "brew";
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan(Code.GET, "coap://localhost/"))
        .withMessageContaining("ipatch");
  }

  @Test
  void sendsNonConfirmablesWhenAsked() {
    transport.nonConfirmable = true;
    assertThat(plan(Code.GET, "coap://localhost/").reliability())
        .isEqualTo(Reliability.NON_CONFIRMABLE);
  }

  private RequestPlan plan(Code method, String uri) {
    InputStream in = new ByteArrayInputStream("from stdin".getBytes(StandardCharsets.UTF_8));
    return new RequestPlanner(flags, transport).plan(method, uri, in);
  }
}
