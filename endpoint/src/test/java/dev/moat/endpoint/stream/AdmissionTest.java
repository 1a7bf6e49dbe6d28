package dev.moat.endpoint.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private final Admission<String> admission = new Admission<>(3, 2);

  @Test
  void theOldestThatDoesNotSpeakCoapMakesRoom() {
    assertThat(ask("a", "192.0.2.1").evicted()).isEmpty();
    assertThat(ask("b", "192.0.2.2").evicted()).isEmpty();
    assertThat(ask("c", "192.0.2.3").evicted()).isEmpty();
    admission.established("a");
    assertThat(ask("d", "192.0.2.4").evicted()).contains("b");
    assertThat(ask("e", "192.0.2.5").evicted()).contains("c");
    assertThat(admission.size()).isEqualTo(3);
  }

  @Test
  void nobodyWhoSpeaksCoapMakesRoom() {
    for (String one : new String[] {"1", "2", "3"}) {
      assertThat(ask(one, "192.0.2." + one).refusal()).isEmpty();
      admission.established(one);
    }
    assertThat(ask("late", "192.0.2.9"))
        .isEqualTo(
            new Admission.Answer<String>(Optional.empty(), Optional.of("already 3 connections")));
    admission.left("2");
    admission.left("2");
    assertThat(ask("late", "192.0.2.9").refusal()).isEmpty();
    assertThat(admission.size()).isEqualTo(3);
  }

  @Test
  void anAddressOnlyCrowdsOutItself() {
    assertThat(ask("other", "192.0.2.9").refusal()).isEmpty();
    assertThat(ask("a", "192.0.2.1").refusal()).isEmpty();
    assertThat(ask("b", "192.0.2.1").refusal()).isEmpty();
    assertThat(ask("c", "192.0.2.1").evicted()).contains("a");
    admission.established("b");
    admission.established("c");
    assertThat(ask("d", "192.0.2.1").refusal()).contains("already 2 connections of its address");
  }

  @Test
  void anIpv6PrefixIsOneAddress() {
    assertThat(ask("a", "2001:db8::1").evicted()).isEmpty();
    assertThat(ask("b", "2001:db8::2").evicted()).isEmpty();
    assertThat(ask("c", "2001:db8::3").evicted()).contains("a");
    assertThat(ask("d", "2001:db8:0:1::3").evicted()).isEmpty();
  }

  private Admission.Answer<String> ask(String connection, String from) {
    try {
      return admission.ask(connection, InetAddress.getByName(from));
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
