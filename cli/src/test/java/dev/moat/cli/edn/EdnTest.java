package dev.moat.cli.edn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.bytes.Bytes;
import dev.moat.cbor.CborException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Diagnostic notation, JSON and CBOR as three forms of one item. */
class EdnTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "0 | 00",
        "-0x10 | 2f",
        "010 | 0a",
        "h'01 02' | 420102",
        "b64'AQI=' | 420102",
        "'ab' | 426162",
        "\"a\\u00e4\\n\" | 6461c3a40a",
        "{1: 2, \"-1\": [true, false, null]} | a2010220 83f5f4f6",
        "{\"hex\": \"01:02-03\"} | 43010203",
        "{\"ascii\": \"ab\"} | 426162",
        "<<1, \"a\">> | 43016161",
        "32(\"a\") | d8206161",
        "/ c / [1, # one~ 2] # two | 820102",
        "{2: 1, 1: 2} | a201020201"
      })
  void readsWhatPeopleWrite(String text, String cbor) throws EdnException {
    assertThat(EdnReader.read(text.replace('~', '\n')).encoded())
        .isEqualTo(Bytes.hex(cbor.replace(" ", "")));
  }

  @Test
  void everyFormReadsBackAsTheSameItem() throws Exception {
    Item item =
        Table.empty()
            .with(
                "text",
                Item.of(
                    List.of(Item.of("quote \" and \\ and \u0001"), Item.of(true), Item.nothing())))
            .with(14, Table.empty().with(-1, Item.of(Bytes.hex("00ff"))).with(8, Table.empty()));
    assertThat(EdnReader.read(EdnWriter.diagnostic(item)).encoded()).isEqualTo(item.encoded());
    assertThat(EdnReader.read(EdnWriter.json(item)).encoded()).isEqualTo(item.encoded());
    assertThat(CborItems.read(item.encoded()).encoded()).isEqualTo(item.encoded());
    Item tagged = Item.tagged(32, Item.of("u"));
    assertThat(CborItems.read(tagged.encoded()).encoded()).isEqualTo(tagged.encoded());
    assertThat(EdnWriter.diagnostic(tagged)).isEqualTo("32(\"u\")\n");
    assertThatThrownBy(() -> EdnWriter.json(tagged)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{ | 1 | ends too early",
        "{1: 2~ 3} | 2 | lacks a ','",
        "{1 2} | 1 | lacks a ':'",
        "{1: 2, 1: 3} | 1 | same key twice",
        "{1: 2, \"1\": 3} | 1 | same key twice",
        "{[]: 2} | 1 | neither a text nor a number",
        "1.5 | 1 | not whole",
        "99999999999999999999 | 1 | too large",
        "h'0' | 1 | pairs of hexadecimal digits",
        "b64'?' | 1 | without base64",
        "\"a | 1 | without an end",
        "\"\\x\" | 1 | unknown escape",
        "maybe | 1 | none of true, false",
        "? | 1 | begins no item",
        "1 2 | 1 | behind its end",
        "[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]] | 1 | deeper than 16"
      })
  void saysWhatIsWrongAndWhereWithoutQuotingIt(String text, int line, String rule) {
    assertThatThrownBy(() -> EdnReader.read(text.replace('~', '\n')))
        .isInstanceOfSatisfying(
            EdnException.class,
            e -> {
              assertThat(e.line()).isEqualTo(line);
              assertThat(e.rule()).contains(rule);
            });
  }

  @Test
  void doesNotPrintContentInMessages() throws Exception {
    assertThat(EdnReader.read("{1: h'c0ffee', 2: \"secret\"}").toString()).isEqualTo("a map");
    assertThat(Item.of(Bytes.hex("c0ffee")).toString()).isEqualTo("a byte string");
    assertThat(Item.of("secret").toString()).isEqualTo("a text");
  }

  @Test
  void refusesCborThatItemsCannotHold() {
    assertThatThrownBy(() -> CborItems.read(Bytes.hex("a1400 1".replace(" ", ""))))
        .isInstanceOf(CborException.class);
    assertThatThrownBy(() -> CborItems.read(Bytes.hex("f7"))).isInstanceOf(CborException.class);
  }
}
