package dev.moat.edhoc.coap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.bytes.Bytes;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Peer;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.message.ConnectionId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class EdhocBodyTest {
  private static final ConnectionId ID = ConnectionId.of(0x27);

  private static String kind(Bytes payload) throws EdhocException {
    EdhocBody body = EdhocBody.decode(payload);
    assertThat(body.encoded()).isEqualTo(payload);
    return body.fold(
        () -> "trigger",
        first -> "first " + first.message1(),
        next -> next.id() + " next " + next.message(),
        failure -> failure.id() + " failure " + failure.error());
  }

  @Test
  @Tag("LK-013")
  void tellsTheFourBodiesApart() throws Exception {
    assertThat(kind(Bytes.empty())).isEqualTo("trigger");
    assertThat(kind(Bytes.hex("f503"))).isEqualTo("first 03");
    assertThat(kind(Bytes.hex("2741aa"))).isEqualTo("27 next 41aa");
    assertThat(kind(Bytes.hex("2703f5"))).isEqualTo("27 failure 03f5");
    assertThat(kind(Bytes.hex("404100"))).isEqualTo(" next 4100");
    assertThat(kind(Bytes.hex("42aabb4100"))).isEqualTo("aabb next 4100");
  }

  @Test
  void refusesWhatHasNoMessageBehindItsPrefix() {
    for (String hex : new String[] {"f5", "27", "40"}) {
      assertThatThrownBy(() -> EdhocBody.decode(Bytes.hex(hex)))
          .isInstanceOfSatisfying(
              EdhocException.class,
              refused -> assertThat(refused.reason()).isEqualTo(EdhocException.Reason.TRUNCATED));
    }
  }

  @Test
  void refusesOtherPrefixes() {
    for (String hex : new String[] {"f400", "4127aa", "1818aa", "6161aa", "f600", "42aa"}) {
      assertThatThrownBy(() -> EdhocBody.decode(Bytes.hex(hex))).isInstanceOf(EdhocException.class);
    }
  }

  @Test
  void carriesMessagesInTheirContentFormats() {
    var peer = Peer.of(Bytes.of(127, 0, 0, 1), 5683);
    var request =
        EdhocMessages.request(peer, "/.well-known/edhoc", new EdhocBody.Next(ID, Bytes.of(0x40)));
    assertThat(request.path()).isEqualTo("/.well-known/edhoc");
    assertThat(request.options().uint(OptionNumber.CONTENT_FORMAT)).hasValue(65);
    var trigger = EdhocMessages.request(peer, "/e", new EdhocBody.Trigger());
    assertThat(trigger.options().has(OptionNumber.CONTENT_FORMAT)).isFalse();
    assertThat(trigger.payload().isEmpty()).isTrue();
  }
}
