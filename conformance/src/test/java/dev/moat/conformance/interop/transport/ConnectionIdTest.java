package dev.moat.conformance.interop.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.coap.message.Code;
import dev.moat.conformance.interop.Call;
import dev.moat.conformance.interop.InteropClient;
import dev.moat.conformance.interop.InteropServer;
import dev.moat.conformance.interop.Store;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A client whose address changes goes on in its association (RFC 9146). */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class ConnectionIdTest {
  private static final int HANDSHAKE = 22;
  private static final int TLS12_CID = 25;

  @ParameterizedTest(name = "{0} client, {1} server")
  @CsvSource({"MOAT, MOAT", "MOAT, CALIFORNIUM", "CALIFORNIUM, MOAT"})
  void goesOnFromAnotherAddress(ChannelStack clients, ChannelStack servers) throws Exception {
    try (InteropServer server = servers.serve(Channel.DTLS_CID, new Store());
        Nat nat = new Nat(server.port());
        InteropClient client = clients.open(Channel.DTLS_CID, nat.port())) {
      assertThat(client.call(Call.put("/store", "before")).code()).isEqualTo(Code.CREATED);
      int before = nat.contentTypes().size();
      nat.rebind();
      assertThat(client.call(Call.get("/store")).text()).isEqualTo("before");
      nat.rebind();
      assertThat(client.call(Call.put("/store", "after")).code()).isEqualTo(Code.CHANGED);
      List<Integer> sent = nat.contentTypes();
      assertThat(sent.subList(0, before)).contains(HANDSHAKE);
      assertThat(sent.subList(before, sent.size())).isNotEmpty().containsOnly(TLS12_CID);
    }
  }
}
