package dev.moat.cli.oscore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.cli.console.Failure;
import dev.moat.crypto.AeadAlgorithm;
import dev.moat.crypto.HashAlgorithm;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfParserTest {
  private static final String MINIMAL =
      "master_secret,hex,\"0102\"\nsender_id,ascii,\"me\"\nrecipient_id,ascii,\"you\"\n";

  @Test
  void readsTheExampleOfTheManualPage() {
    OscoreConf conf =
        parse(
            "",
            "# Master Secret (same for both client and server)",
            "master_secret,hex,\"0102030405060708090a0b0c0d0e0f10\"",
            "master_salt,hex,\"9e7ca92223786340\"",
            "sender_id,ascii,\"client\"",
            "recipient_id,ascii,\"server\"",
            "replay_window,integer,30",
            "aead_alg,integer,11",
            "hkdf_alg,integer,-11");
    assertThat(conf.masterSecret())
        .isEqualTo(SecretBytes.copyOf(Bytes.hex("0102030405060708090a0b0c0d0e0f10").toArray()));
    assertThat(conf.masterSalt()).isEqualTo(Bytes.hex("9e7ca92223786340"));
    assertThat(conf.senderId()).isEqualTo(Bytes.utf8("client"));
    assertThat(conf.recipientIds()).containsExactly(Bytes.utf8("server"));
    assertThat(conf.replayWindow()).isEqualTo(30);
    assertThat(conf.aead()).isEqualTo(AeadAlgorithm.AES_CCM_16_64_256);
    assertThat(conf.hkdf()).isEqualTo(HashAlgorithm.SHA_512);
    assertThat(conf.toString()).doesNotContain("0102");
    assertThat(ConfReader.read(Path.of("my.conf"), "master_secret,hex,0102").toString())
        .contains("my.conf:1: master_secret")
        .doesNotContain("0102");
  }

  @Test
  void readsTheComplexExampleOfTheManualPage() {
    OscoreConf conf =
        parse(
            "master_secret,ascii,secret",
            "complex_sender,config,'",
            "sender_id,ascii,\"client\"",
            "'",
            "complex_recipient,config,'",
            "",
            "# Recipient ID (It is the server that is remote)",
            "recipient_id,ascii,\"server\"",
            "silent_server,bool,true",
            "# Closing ' for complex_recipient",
            "'");
    assertThat(conf.recipientIds()).containsExactly(Bytes.utf8("server"));
    assertThat(conf.warnings()).singleElement().asString().contains("silent_server").contains(":9");
  }

  @Test
  void readsEveryOtherKeyword() {
    OscoreConf conf =
        parse(
            MINIMAL.strip(),
            "recipient_id,hex,\"\"",
            "id_context,hex,\"37cbf3210017a2d3\"",
            "aead_alg,text,\"ChaCha20/Poly1305\"",
            "hkdf_alg,text,direct+HKDF-SHA-256",
            "ssn_freq,integer,7",
            "rfc8613_b_1_2,bool,true",
            "rfc8613_b_2,bool,true",
            "break_sender_key,bool,false",
            "break_recipient_key,bool,false",
            "mode,text,single");
    assertThat(conf.recipientIds()).containsExactly(Bytes.utf8("you"), Bytes.empty());
    assertThat(conf.idContext()).contains(Bytes.hex("37cbf3210017a2d3"));
    assertThat(conf.aead()).isEqualTo(AeadAlgorithm.CHACHA20_POLY1305);
    assertThat(conf.hkdf()).isEqualTo(HashAlgorithm.SHA_256);
    assertThat(conf.reservation()).contains(7);
    assertThat(conf.derivesAnew()).isTrue();
    assertThat(conf.warnings()).singleElement().asString().contains("id_context has no effect");
    assertThat(conf.parameters()).hasSize(2);
  }

  @Test
  void theDefaultsAreThoseOfTheManualPage() {
    OscoreConf conf = parse(MINIMAL);
    assertThat(conf.replayWindow()).isEqualTo(32);
    assertThat(conf.aead()).isEqualTo(AeadAlgorithm.AES_CCM_16_64_128);
    assertThat(conf.hkdf()).isEqualTo(HashAlgorithm.SHA_256);
    assertThat(conf.idContext()).isEmpty();
    assertThat(conf.derivesAnew()).isFalse();
    assertThat(conf.masterSalt()).isEqualTo(Bytes.empty());
  }

  @Test
  void keepsEchoRecoveryOnAndSaysSo() {
    OscoreConf conf = parse(MINIMAL.strip(), "rfc8613_b_1_2,bool,false");
    assertThat(conf.warnings()).singleElement().asString().contains("my.conf:4").contains("B.1.2");
  }

  /** Each line comes behind a complete configuration, hence is line 4. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "sender_id | my.conf:4 is no setting: it has 1 of 3 parts",
        "master_secret,00112233 | my.conf:4 is no setting: it has 2 of 3 parts",
        "Sender_ID,ascii,x | my.conf:4: Sender_ID is no keyword",
        "sender_id,ascii,x | my.conf:4: sender_id is there twice",
        "recipient_id,ascii,you | my.conf:4: recipient_id names the same recipient",
        "master_salt,octal,17 | my.conf:4: master_salt has an unknown encoding: octal",
        "master_salt,integer,17 | my.conf:4: master_salt takes the encoding hex or ascii",
        "master_salt,hex,123 | my.conf:4: master_salt has an odd number",
        "master_salt,hex,0x12 | my.conf:4: master_salt has characters that are no hexadecimal",
        "master_salt,ascii,ä | my.conf:4: master_salt has characters that are not ASCII",
        "master_salt,ascii,\"a | my.conf:4: master_salt opens a \" that is never closed",
        "master_salt,ascii,\"a\" b | my.conf:4: master_salt has text behind the closing \"",
        "`master_salt,ascii, a` | my.conf:4: master_salt has blanks around its value",
        "master_salt,ascii, | my.conf:4: master_salt has no value",
        "replay_window,integer,65 | my.conf:4: replay_window takes an integer from 0 to 64",
        "replay_window,integer,many | my.conf:4: replay_window takes an integer",
        "replay_window,text,32 | my.conf:4: replay_window takes the encoding integer",
        "ssn_freq,integer,0 | my.conf:4: ssn_freq takes an integer from 1",
        "aead_alg,integer,99 | my.conf:4: aead_alg names '99'",
        "aead_alg,text,AES-CBC | my.conf:4: aead_alg names 'AES-CBC'",
        "aead_alg,hex,10 | my.conf:4: aead_alg takes the encoding integer or text",
        "hkdf_alg,integer,1 | my.conf:4: hkdf_alg names '1'",
        "rfc8613_b_1_2,bool,yes | my.conf:4: rfc8613_b_1_2 takes true or false",
        "rfc8613_b_1_2,text,true | my.conf:4: rfc8613_b_1_2 takes the encoding bool",
        "rfc8613_b_2,integer,1 | my.conf:4: rfc8613_b_2 takes the encoding bool",
        "break_sender_key,bool,true | my.conf:4: break_sender_key would break a key",
        "break_recipient_key,bool,true | my.conf:4: break_recipient_key would break a key",
        "mode,text,group | my.conf:4: mode can only be single",
        "last_seq,unsigned64,7 | my.conf:4: last_seq would trust a replay window",
        "sliding_window,unsigned64,7 | my.conf:4: sliding_window would trust a replay window",
        "sender_id,config,' | my.conf:4: sender_id takes no encoding config",
        "complex_sender,config,'x | my.conf:4: complex_sender must open its block",
        "complex_sender,config,' | my.conf:4 opens a ' that is never closed"
      })
  void namesFileLineKeywordAndRule(String line, String message) {
    Failure failure = catchThrowableOfType(Failure.class, () -> parse(MINIMAL.strip(), line));
    assertThat(failure).hasMessageStartingWith(message);
    assertThat(failure.advice()).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource({"master_secret", "sender_id", "recipient_id"})
  void namesTheKeywordThatIsMissing(String keyword) {
    String[] lines =
        MINIMAL.lines().filter(line -> !line.startsWith(keyword)).toArray(String[]::new);
    assertThatThrownBy(() -> parse(lines)).hasMessage("my.conf: " + keyword + " is missing");
  }

  @Test
  void blocksAreNotNested() {
    assertThatThrownBy(() -> parse("complex_sender,config,'", "complex_recipient,config,'"))
        .hasMessageContaining("my.conf:2: complex_recipient stands within another block");
    assertThatThrownBy(() -> parse("complex_sender,config,'", "' # end"))
        .hasMessageContaining("my.conf:2 has text behind the closing '");
  }

  @Test
  void refusesAnEmptySecretAndValuesThatDoNotFitTogether() {
    assertThatThrownBy(() -> parse(MINIMAL.replace("0102", "")))
        .hasMessage("my.conf: master_secret is empty");
    OscoreConf same = parse(MINIMAL.replace("\"you\"", "\"me\""));
    assertThatThrownBy(same::parameters)
        .hasMessageContaining("my.conf: Sender ID and Recipient ID");
    OscoreConf tooLong = parse(MINIMAL.replace("\"me\"", "\"longer-than-7\""));
    assertThatThrownBy(tooLong::parameters).hasMessageContaining("my.conf: Sender ID of 13 octets");
  }

  @Test
  void neverRepeatsAValueThatMayBeSecret() {
    Failure failure =
        catchThrowableOfType(Failure.class, () -> parse(MINIMAL.strip(), "deadbeef", "more"));
    assertThat(failure.getMessage() + failure.advice()).doesNotContain("deadbeef");
    Failure hex = catchThrowableOfType(Failure.class, () -> parse("master_secret,hex,deadbeefx0"));
    assertThat(hex.getMessage() + hex.advice()).doesNotContain("deadbeef");
  }

  private static OscoreConf parse(String... lines) {
    return ConfParser.parse(Path.of("my.conf"), String.join("\n", Arrays.asList(lines)));
  }
}
