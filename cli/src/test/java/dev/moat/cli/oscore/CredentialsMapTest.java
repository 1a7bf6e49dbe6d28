package dev.moat.cli.oscore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.bytes.Bytes;
import dev.moat.cli.CommandRun;
import dev.moat.cli.serve.ServerInBackground;
import dev.moat.oscore.OscoreException;
import dev.moat.oscore.context.SecurityContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** aiocoap's credentials map and its context folders. */
class CredentialsMapTest {
  private static final String INLINE =
      "{'oscore': {'sender-id': {'ascii': 'me'}, 'recipient-id': {'hex': '01'},"
          + " 'secret': {'hex': '01:02 03'}}}";

  @TempDir Path folder;
  private Path context;

  @BeforeEach
  void writeTheContextFolder() throws IOException {
    context = Files.createDirectory(folder.resolve("ctx"));
    Path unused =
        PrivateFiles.write(
            context, "secret.json", json("{'secret_ascii': 'secret', 'salt_hex': '00'}"));
    unused =
        PrivateFiles.write(
            context,
            "rw-r--r--",
            "settings.json",
            new String[] {
              json(
                  "{'sender-id_hex': '01', 'recipient-id_ascii': 'server', 'window': 10, 'kdf-hashfun': 'sha512', 'algorithm': 'AES-CCM-16-128-128'}")
            });
  }

  @Test
  void aServerAndAClientUseTheSameFormat() {
    Path map = map("{'coap://127.0.0.1*': {'oscore': {'basedir': 'ctx'}}}");
    Path peer =
        PrivateFiles.write(
            folder,
            "peer.conf",
            "master_secret,ascii,secret",
            "master_salt,hex,00",
            "sender_id,ascii,server",
            "recipient_id,hex,01",
            "hkdf_alg,integer,-11",
            "aead_alg,integer,30");
    try (ServerInBackground server = ServerInBackground.start("-E", peer.toString())) {
      for (int i = 0; i < 2; i++) {
        CommandRun put =
            CommandRun.of(
                "put", "--credentials", map.toString(), "-e", "unlocked", server.uri("/lock"));
        assertThat(put.status()).as(put.err()).isZero();
      }
    }
    try (ServerInBackground server = ServerInBackground.start("--credentials", map.toString())) {
      CommandRun get = CommandRun.of("get", "-E", peer.toString(), server.uri("/hello"));
      assertThat(get.status()).as(get.err()).isZero();
    }
  }

  @Test
  void sequenceNumbersGoOnInAiocoapsFile() throws Exception {
    Files.writeString(context.resolve("sequence.json"), "{\"next-to-send\": 41, \"received\": {}}");
    Path map = map("{'*': {'oscore': {'contextfile': '" + context + "'}}}");
    try (OpenedContexts opened = opened(map, "coap://a/")) {
      assertThat(next(opened)).isEqualTo(41);
      assertThat(opened.all().get(0).replay().isTrusted()).isFalse();
      assertThat(Files.readString(context.resolve("lock"))).isEqualTo("moat");
    }
    assertThat(context.resolve("lock")).doesNotExist();
    assertThat(Files.readString(context.resolve("sequence.json")))
        .isEqualTo("{\"next-to-send\":141,\"received\":\"unknown\"}");
  }

  @Test
  void neitherAnotherProcessNorAnotherHandMayUseTheFolderMeanwhile() throws Exception {
    Path map = map("{'*': {'oscore': {'basedir': 'ctx'}}}");
    try (OpenedContexts opened = opened(map, "coap://a/")) {
      assertThatThrownBy(() -> opened(map, "coap://a/")).hasMessageContaining("another process");
      Files.writeString(context.resolve("sequence.json"), "{\"next-to-send\": 7}");
      assertThatThrownBy(() -> next(opened))
          .isInstanceOf(OscoreException.class)
          .hasMessageContaining("changed by another program");
    }
    Files.writeString(context.resolve("lock"), "");
    assertThatThrownBy(() -> opened(map, "coap://a/")).hasMessageContaining("aiocoap uses");
    Files.delete(context.resolve("lock"));
    Files.writeString(context.resolve("sequence.json"), "{}");
    assertThatThrownBy(() -> opened(map, "coap://a/")).hasMessageContaining("next-to-send");
  }

  @Test
  void theLongestPatternCountsAndReferencesAreFollowed() {
    Path map =
        map(
            "{'*': {'dtls': {}}, 'coap://host/*': ':mine', 'coap://host/b': null, ':mine': "
                + INLINE
                + "}");
    try (OpenedContexts opened = opened(map, "coap://host/b")) {
      assertThat(opened.all())
          .singleElement()
          .extracting(SecurityContext::senderId)
          .isEqualTo(Bytes.utf8("me"));
      assertThat(folder.resolve("map.json.moat-state")).exists();
    }
    assertThatThrownBy(() -> opened(map, "coap://other/"))
        .hasMessageContaining("kind dtls, which cannot be used here");
  }

  @Test
  void aServerOpensEveryContextOnce() {
    Path map =
        map(
            "{'coap://a/*': ':mine', 'coap://b/*': ':mine', ':mine': "
                + INLINE
                + ", ':other': "
                + INLINE.replace("'01'", "'02'")
                + "}");
    try (OpenedContexts opened = new OpenedContexts()) {
      CredentialsMap.read(map, false).openAll(opened);
      assertThat(opened.all()).hasSize(2);
    }
  }

  @Test
  void doesNotRepeatASecretThatStandsWhereAReferenceBelongs() {
    assertThatThrownBy(() -> opened(map("{'*': '0102030405060708'}"), "coap://a/"))
        .hasMessageContaining("is no object")
        .hasMessageNotContaining("0102");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[] | is no JSON object",
        "{'a' | is no JSON",
        "{'coap://b/*': {}} | has no credentials for coap://a/",
        "{'*': ':x'} | refers to ':x', which is not there",
        "{':x': ':x', '*': ':x'} | refers in a circle",
        "{'*': {}} | must have exactly one kind",
        "{'*': {'any-of': []}} | kind any-of, which cannot be used here",
        "{'*': {'oscore': {'basedir': 7}}} | takes nothing beside a basedir",
        "{'*': {'oscore': {'basedir': 'nowhere'}}} | secret is missing",
        "{'*': {'oscore': {'secret': {'hex': '0'}}}} | secret is no pairs",
        "{'*': {'oscore': {'secret': {'ascii': 'ä'}}}} | secret has characters that are not ASCII",
        "{'*': {'oscore': {'secret': 'x'}}} | secret has no octets",
        "{'*': {'oscore': {'secret_hex': {'hex': '00'}}}} | secret_hex has no octets",
        "{'*': {'oscore': {'secret_hex': '00', 'secret_ascii': 'a'}}} | secret_ascii is there twice",
        "{'*': {'oscore': {'key': 'x'}}} | key is no setting",
        "{'*': {'oscore': 7}} | is no JSON object",
        "{'*': {'oscore': {'secret_hex': '00', 'sender-id_hex': '', 'recipient-id_hex': '01', 'window': 65}}} | window takes",
        "{'*': {'oscore': {'secret_hex': '00', 'sender-id_hex': '', 'recipient-id_hex': '01', 'algorithm': 'A128CBC'}}} | algorithm names",
        "{'*': {'oscore': {'secret_hex': '00', 'sender-id_hex': '', 'recipient-id_hex': '01', 'kdf-hashfun': 'md5'}}} | kdf-hashfun names"
      })
  void saysWhatIsWrong(String content, String message) {
    assertThatThrownBy(() -> opened(map(content), "coap://a/")).hasMessageContaining(message);
  }

  @Test
  void secretsThatOthersMayReadAreRefused() {
    Path map = map("{'*': {'oscore': {'basedir': 'ctx'}}}");
    Path unused =
        PrivateFiles.write(
            context, "rw-r--r--", "secret.json", new String[] {json("{'secret_ascii': 'secret'}")});
    assertThatThrownBy(() -> opened(map, "coap://a/")).hasMessageContaining("other users may read");
    OpenedContexts opened = new OpenedContexts();
    CredentialsMap.read(map, true).openFor("coap://a/", opened);
    opened.close();
  }

  private static long next(OpenedContexts opened) throws OscoreException {
    return opened.all().get(0).senderSequence().next();
  }

  private OpenedContexts opened(Path map, String uri) {
    OpenedContexts opened = new OpenedContexts();
    CredentialsMap.read(map, false).openFor(uri, opened);
    return opened;
  }

  private Path map(String content) {
    return PrivateFiles.write(folder, "map.json", json(content));
  }

  private static String json(String content) {
    return content.replace('\'', '"');
  }
}
