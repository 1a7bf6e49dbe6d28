package dev.moat.edhoc.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.cbor.CborWriter;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.suite.CipherSuite;
import dev.moat.edhoc.suite.CipherSuites;
import dev.moat.testkit.Arbitrary;
import dev.moat.testkit.Seeded;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What holds for every message. */
class MessagePropertiesTest {
  private static final int TRIALS = 400;
  private static final CipherSuite SUITE = CipherSuites.standard().require(0);

  @Test
  void readsWhatItWrote() {
    Seeded.check(
        TRIALS,
        arbitrary -> {
          Message1 message1 = message1(arbitrary);
          assertThat(Message1.decode(message1.encoded())).isEqualTo(message1);
          Plaintext2 plaintext2 = plaintext2(arbitrary);
          assertThat(Plaintext2.decode(plaintext2.encoded(), 8)).isEqualTo(plaintext2);
          Plaintext3 plaintext3 =
              new Plaintext3(plaintext2.idCred(), plaintext2.signatureOrMac(), ead(arbitrary));
          assertThat(Plaintext3.decode(plaintext3.encoded(), 8)).isEqualTo(plaintext3);
          Plaintext4 plaintext4 = new Plaintext4(ead(arbitrary));
          assertThat(Plaintext4.decode(plaintext4.encoded())).isEqualTo(plaintext4);
          Bytes text = arbitrary.random().bytes(arbitrary.between(33, 90));
          Message2 message2 = new Message2(text.slice(0, 32), text.slice(32, text.length()));
          assertThat(Message2.decode(message2.encoded(), SUITE)).isEqualTo(message2);
        });
  }

  @Test
  void readsOrRefusesWhateverArrivesAndWritesItBack() {
    Seeded.check(
        TRIALS,
        arbitrary -> {
          Bytes message1 = arbitrary.damaged(message1(arbitrary).encoded());
          readBack(message1, octets -> Message1.decode(octets).encoded());
          Bytes plaintext2 = arbitrary.damaged(plaintext2(arbitrary).encoded());
          readBack(plaintext2, octets -> Plaintext2.decode(octets, 8).encoded());
          readBack(plaintext2, octets -> Plaintext3.decode(octets, 8).encoded());
          readBack(plaintext2, octets -> EdhocError.decode(octets).encoded());
          Bytes field = arbitrary.damaged(ead(arbitrary).encoded());
          readBack(field, octets -> EadItems.decode(octets).encoded());
        });
  }

  @Test
  void neverReadsABeginningAsTheWhole() {
    Seeded.check(
        50,
        arbitrary -> {
          Bytes message =
              new Message1(3, SuitesField.of(6, 2), key(), cId(arbitrary), EadItems.none())
                  .encoded();
          for (int length = 0; length < message.length(); length++) {
            Bytes cut = message.slice(0, length);
            assertThat(Refused.refusal(() -> Message1.decode(cut))).isNotNull();
          }
        });
  }

  private static void readBack(Bytes octets, Codec codec) {
    try {
      assertThat(codec.readAndWrite(octets)).isEqualTo(octets);
    } catch (EdhocException refused) {
      assertThat(refused.reason()).isNotNull();
    }
  }

  private static Message1 message1(Arbitrary arbitrary) {
    List<Integer> suites = new ArrayList<>();
    for (int left = arbitrary.between(1, 9); left > 0; left--) {
      suites.add(arbitrary.between(-65_536, 65_535));
    }
    return new Message1(
        arbitrary.between(-30, 300),
        new SuitesField(suites),
        arbitrary.bytes(60),
        cId(arbitrary),
        ead(arbitrary));
  }

  private static Plaintext2 plaintext2(Arbitrary arbitrary) {
    Bytes kid = arbitrary.bytes(3);
    int label = arbitrary.pick(List.of(4, 4, 14, 33, 34));
    Bytes map = new CborWriter().map(entries -> entries.put(label, v -> v.bytes(kid))).toBytes();
    Bytes mac = arbitrary.random().bytes(8);
    return new Plaintext2(cId(arbitrary), map, mac, ead(arbitrary));
  }

  private static ConnectionId cId(Arbitrary arbitrary) {
    return new ConnectionId(arbitrary.bytes(arbitrary.pick(List.of(1, 1, 8))));
  }

  private static EadItems ead(Arbitrary arbitrary) {
    List<EadItem> items = new ArrayList<>();
    for (int left = arbitrary.between(0, 4); left > 0; left--) {
      int label = arbitrary.length(65_535);
      boolean critical = label > 0 && arbitrary.chance(30);
      Optional<Bytes> value =
          arbitrary.chance(50) ? Optional.of(arbitrary.bytes(30)) : Optional.empty();
      items.add(new EadItem(label, critical, value));
    }
    return new EadItems(items);
  }

  private static Bytes key() {
    return Bytes.owned(new byte[32]);
  }

  /** Reads octets and writes what was read. */
  private interface Codec {
    Bytes readAndWrite(Bytes octets) throws EdhocException;
  }
}
