package dev.moat.cli.cost;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.moat.cli.CommandRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code moat cost --credentials}. */
@Tag("LK-101")
@Timeout(120)
class OwnCredentialsTest {
  @TempDir Path folder;

  @Test
  void anOwnIdentityIsRunWithAPeerMadeForIt() throws Exception {
    keygen("phone");
    JsonNode all = costed("phone");
    assertThat(all.findValuesAsText("exchange"))
        .contains(
            "edhoc-3-own-kid-s2-short-combined-device",
            "edhoc-3-own-kid-s2-default-sequential-device");
    JsonNode handshake = all.path(0);
    assertThat(handshake.path("origin").asText()).isEqualTo("measured");
    assertThat(handshake.path("messageOctets").asInt()).isEqualTo(101);
  }

  @Test
  void twoIdentitiesAreRunWithEachOtherAndCertificatesCostMore() throws Exception {
    keygen("house", "--type", "ca");
    keygen("door", "--type", "x509", "--ca", file("house"));
    keygen("guest", "--type", "x509", "--ca", file("house"));
    JsonNode all = costed("guest", "door");
    assertThat(all.path(0).path("exchange").asText())
        .isEqualTo("edhoc-0-own-own-s2-short-combined-device");
    assertThat(all.path(0).path("messageOctets").asInt()).isGreaterThan(600);
  }

  @Test
  void filesWithoutAnOwnIdentityAreRefused() {
    keygen("phone");
    CommandRun none = CommandRun.of("cost", "--credentials", folder + "/phone.pub.json");
    assertThat(none.status()).isEqualTo(2);
    assertThat(none.err()).contains("the credentials have 0 own identities", "moat keygen");
    assertThat(CommandRun.of("cost", "--credentials", folder + "/none.json").status()).isEqualTo(1);
  }

  private JsonNode costed(String... names) throws Exception {
    List<String> all = new ArrayList<>(List.of("cost", "--json"));
    for (String name : names) {
      all.addAll(List.of("--credentials", file(name)));
    }
    CommandRun run = CommandRun.of(all.toArray(String[]::new));
    assertThat(run.status()).as(run.err()).isZero();
    return new ObjectMapper().readTree(run.out()).path("exchanges");
  }

  private void keygen(String name, String... options) {
    List<String> all = new ArrayList<>(List.of("keygen", name, "--out", file(name)));
    all.addAll(List.of(options));
    CommandRun run = CommandRun.of(all.toArray(String[]::new));
    assertThat(run.status()).as(run.err()).isZero();
  }

  private String file(String name) {
    return folder.resolve(name + ".json").toString();
  }
}
