package dev.moat.cli.edhoc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.cli.CommandRun;
import dev.moat.cli.console.Exit;
import dev.moat.cli.console.Failure;
import dev.moat.cli.oscore.PrivateFiles;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.message.ConnectionId;
import dev.moat.edhoc.suite.AuthenticationKind;
import dev.moat.edhoc.suite.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Credentials files for EDHOC, in the forms of keygen and of aiocoap. */
class CredentialsFilesTest {
  /** RFC 9529, Section 3.2: the initiator's key and credential, as aiocoap writes them. */
  private static final String AIOCOAP =
      """
      {
        "coap://lock.example/*": {"edhoc-oscore": {
          "suite": 2, "method": 3, "own_cred_style": "by-key-id", # underscores, too
          "own_cred": {14: {2: "42-50-31-FF-EF-37-32-39", 8: {1: {1: 2, 2: h'2b', -1: 1,
            -2: h'ac75e9ece3e50bfc8ed60399889522405c47bf16df96660a41298cb4307f7eb6',
            -3: h'6e5de611388a4b8a8211334ac7d37ecb52a387d257e6db3c2a93df21ff3affc8'}}}},
          "private_key": {1: 2, -1: 1,
            -4: h'fb13adeb6518cee5f88417660841142e830a81fe334380a953406a1305e8706b'},
          "peer_cred": {14: {2: "example.edu", 8: {1: {1: 2, 2: h'32', -1: 1,
            -2: h'bbc34960526ea4d32e940cad2a234148ddc21791a12afbcbac93622046dd44f0',
            -3: h'4519e257236b2a0ce2023f0931f1f386ca7afda64fcde0108c224c51eabf6072'}}}}
        }}
      }
      """;

  @TempDir Path folder;

  @BeforeEach
  void makeKeys() {
    keygen("lock");
    keygen("phone");
  }

  @Test
  void whatKeygenWritesIsAllThatTwoSidesNeed() {
    try (EdhocCredentials phone = read("phone.json", "lock.pub.json").all();
        EdhocCredentials lock = read("lock.json", "phone.pub.json").all();
        EdhocProfile initiator = EdhocProfile.of(phone);
        EdhocProfile responder = EdhocProfile.of(lock)) {
      assertThat(initiator.method()).isEqualTo(Method.DH_DH);
      try (LocalHandshake.Outcome outcome = handshake(initiator, responder)) {
        assertThat(outcome.messages().stream().map(message -> message.length()).toList())
            .containsExactly(37, 45, 19);
        assertThat(outcome.initiator().th4()).isEqualTo(outcome.responder().th4());
      }
    }
  }

  @Test
  void certificatesOfStrangersArePinned() {
    keygen("a", "--type", "x509", "--curve", "Ed25519");
    keygen("b", "--type", "x509", "--curve", "Ed25519");
    try (EdhocCredentials one = read("a.json", "b.pub.json").all();
        EdhocCredentials other = read("b.json", "a.pub.json").all();
        EdhocProfile initiator = EdhocProfile.of(one);
        EdhocProfile responder = EdhocProfile.of(other)) {
      assertThat(initiator.method()).isEqualTo(Method.SIGN_SIGN);
      handshake(initiator, responder).close();
    }
  }

  @Test
  void certificatesOfOneAuthorityNeedNoExchange() {
    keygen("house", "--type", "ca");
    keygen("a", "--type", "x509", "--ca", file("house.json"));
    keygen("b", "--type", "x509", "--ca", file("house.json"));
    try (EdhocCredentials one = read("a.json").all();
        EdhocCredentials other = read("b.json").all();
        EdhocProfile initiator = EdhocProfile.of(one);
        EdhocProfile responder = EdhocProfile.of(other)) {
      assertThat(initiator.method()).isEqualTo(Method.SIGN_SIGN);
      handshake(initiator, responder).close();
    }
  }

  @Test
  void aNameKeepsOtherDevicesOfTheAuthorityOut() throws Exception {
    keygen("house", "--type", "ca");
    keygen("a", "--type", "x509", "--ca", file("house.json"));
    keygen("b", "--type", "x509", "--ca", file("house.json"));
    String text = Files.readString(folder.resolve("a.json"));
    Path named =
        PrivateFiles.write(
            folder,
            "named.json",
            text.replace("\"trust-anchors\"", "\"peer-subject\": \"c\", \"trust-anchors\""));
    try (EdhocCredentials one = CredentialsFiles.read(List.of(named), false).all();
        EdhocCredentials other = read("b.json").all();
        EdhocProfile initiator = EdhocProfile.of(one);
        EdhocProfile responder = EdhocProfile.of(other)) {
      assertThatThrownBy(() -> handshake(initiator, responder))
          .hasMessageContaining("the initiator refused message_2")
          .hasMessageContaining("the identity is not allowed here");
    }
  }

  @Test
  void oneFileWithASharedKeyServesBothSides() {
    keygen("pair", "--type", "psk");
    try (EdhocCredentials one = read("pair.json").all();
        EdhocCredentials other = read("pair.json").all();
        EdhocProfile initiator = EdhocProfile.of(one);
        EdhocProfile responder = EdhocProfile.of(other)) {
      assertThat(initiator.method()).isEqualTo(Method.PSK);
      try (LocalHandshake.Outcome outcome = handshake(initiator, responder)) {
        assertThat(outcome.messages().stream().map(message -> message.length()).toList())
            .startsWith(37, 35, 13);
      }
    }
  }

  @Test
  void readsAiocoapsForm() {
    Path file = PrivateFiles.write(folder, "map.diag", AIOCOAP);
    try (EdhocCredentials credentials =
        CredentialsFiles.read(List.of(file), false).forUri("coap://lock.example/hello")) {
      OwnIdentity own = credentials.identities().get(0);
      assertThat(own.idCred().kid().orElseThrow().toHex()).isEqualTo("2b");
      assertThat(own.use()).isEqualTo(AuthenticationKind.STATIC_DH);
      assertThat(own.credential().encoded().length()).isEqualTo(107);
      assertThat(credentials.peers()).hasSize(1);
      assertThat(credentials.policy().methods()).containsExactly(Method.DH_DH);
    }
    assertThatThrownBy(() -> CredentialsFiles.read(List.of(file), false).forUri("coap://other/"))
        .hasMessageContaining("has no credentials for coap://other/");
  }

  @Test
  void aPrivateKeyMayStandInAFileOfItsOwn() throws Exception {
    keygen("lock", "--in", file("lock.json"), "--format", "pem");
    String map =
        Files.readString(folder.resolve("lock.json"))
            .replaceAll(
                "(?s)\"private-key\": \\{.*?\\}\\s*\\}", "\"private-key-file\": \"lock.pem\"");
    Path open = Files.writeString(folder.resolve("open.json"), map);
    try (EdhocCredentials credentials = CredentialsFiles.read(List.of(open), false).all()) {
      assertThat(credentials.identities()).hasSize(1);
    }
  }

  @Test
  void readsASharedKeyAndTwoIdentities() {
    keygen("pair", "--type", "psk", "--kid", "10");
    try (EdhocCredentials credentials = read("pair.json").all()) {
      SharedKey shared = credentials.shared().get(0);
      assertThat(shared.kid().toHex()).isEqualTo("10");
      assertThat(shared.credI().toHex()).startsWith("a20269696e69746961746f7208a101a3010402");
      assertThat(shared.credR()).isNotEqualTo(shared.credI());
      assertThat(shared.key().length()).isEqualTo(16);
    }
  }

  @Test
  void readsTrustAnchorsAndNames() throws Exception {
    keygen("house", "--type", "ca");
    keygen("dev", "--type", "x509", "--ca", file("house.json"));
    try (EdhocCredentials credentials = read("dev.json", "house.pub.json").all()) {
      assertThat(credentials.anchors()).hasSize(1);
      assertThat(credentials.identities().get(0).idCred().certificates()).hasSize(1);
    }
    assertThatThrownBy(() -> read("house.json").all())
        .hasMessageContaining("is the secret part of a certification authority");
  }

  @Test
  void secretsThatOthersMayReadAreRefused() throws Exception {
    String text = Files.readString(folder.resolve("lock.json"));
    Path shared = PrivateFiles.write(folder, "rw-r--r--", "open.json", new String[] {text});
    assertThatThrownBy(() -> CredentialsFiles.read(List.of(shared), false).all())
        .hasMessageContaining("other users may read");
    CredentialsFiles.read(List.of(shared), true).all().close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[] | is no map",
        "{'a' | ends too early",
        "{':a': 'secret'} | :a is no map",
        "{':a': 7} | :a takes a map",
        "{':a': ':b'} | refers to ':b', which is not there",
        "{':a': ':a'} | refers in a circle",
        "{':a': {}} | must have exactly one kind",
        "{':a': {'dtls': {}}} | has credentials of the kind dtls",
        "{':a': {'edhoc-oscore': 7}} | edhoc-oscore takes a map",
        "{':a': {'edhoc-oscore': {'metod': 3}}} | metod is not known here",
        "{':a': {'edhoc-oscore': {'method': 5}}} | names 5, which is no method",
        "{':a': {'edhoc-oscore': {'method': '3'}}} | method takes a whole number",
        "{':a': {'edhoc-oscore': {'methods': 3}}} | methods takes an array",
        "{':a': {'edhoc-oscore': {'method': 3, 'methods': [3]}}} | stands beside methods",
        "{':a': {'edhoc-oscore': {'suite': 7}}} | names 7, which is no cipher suite",
        "{':a': {'edhoc-oscore': {'padding': 0}}} | padding takes a number of octets",
        "{':a': {'edhoc-oscore': {'grease': 1}}} | grease takes true or false",
        "{':a': {'edhoc-oscore': {'private-key': {'1': 2}}}} | private-key has no curve",
        "{':a': {'edhoc-oscore': {'private-key-file': 7}}} | private-key-file takes a text",
        "{':a': {'edhoc-oscore': {'peer-cred': {'4': {'hex': '00'}}}}} | peer-cred is no credential by value",
        "{':a': {'edhoc-oscore': {'peer-cred': {'unauthenticated': true}}}} | asks to talk without authentication",
        "{':a': {'edhoc-oscore': {'peer-cred': {'14': {'2': 'x'}}}}} | peer-cred is no usable credential",
        "{':a': {'edhoc-oscore': {'own-cred': 7}}} | own-cred is no credential by value",
        "{':a': {'edhoc-oscore': {'trust-anchors': [7]}}} | trust-anchors takes a certificate",
        "{':a': {'edhoc-oscore': {'peer-subject': 7}}} | peer-subject takes a text",
        "{':a': {'edhoc-oscore': {'psk': {'key': {'hex': '00'}}}}} | psk > kid is missing",
        "{':a': {'edhoc-oscore': {'psk': {'kid': {'hex': '00'}, 'key': {'hex': '00'}}}}} | key has not 16 to 64 octets",
        "{':a': {'edhoc-oscore': {'psk': {'kid': {'hex': '00'}, 'key': {'ascii': '0123456789abcdef'}, 'initiator': 'x', 'responder': 'x'}}}} | same identity"
      })
  void everyMistakeIsNamedWithItsPlace(String content, String message) {
    Path file = PrivateFiles.write(folder, "map.json", content.replace('\'', '"'));
    assertThatThrownBy(() -> CredentialsFiles.read(List.of(file), false).all())
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.status()).isEqualTo(Exit.USAGE))
        .hasMessageContaining(file.toString())
        .hasMessageContaining(message)
        .hasMessageNotContaining("secret");
  }

  @Test
  void halvesThatDoNotBelongTogetherAreNamed() throws Exception {
    String lock = Files.readString(folder.resolve("lock.json"));
    String phone = Files.readString(folder.resolve("phone.json"));
    String key = "(?s)\"private-key\": \\{.*?\\}\\s*\\}";
    String other = phone.replaceAll("(?s).*(\"private-key\": \\{.*?\\}\\s*\\}).*", "$1");
    refused(lock.replaceFirst(key, other), "own-cred does not belong to the private key");
    refused(lock.replaceFirst(key + ",?", ""), "an own credential without");
    refused(lock.replace("static-dh", "magic"), "own-cred-use takes signature or static-dh");
    refused(lock.replace("by-key-id", "by-magic"), "own-cred-style names a way");
    refused(lock.replace("by-key-id", "x5t"), "names a certificate, which the credential is not");
  }

  @Test
  void aProfileSaysWhatIsMissing() {
    try (EdhocCredentials nobody = read("lock.pub.json").all();
        EdhocCredentials alone = read("lock.json").all();
        EdhocProfile noOwn = EdhocProfile.of(nobody);
        EdhocProfile noPeer = EdhocProfile.of(alone)) {
      assertThatThrownBy(() -> noOwn.settings(Role.RESPONDER))
          .hasMessageContaining("no own identity");
      assertThatThrownBy(() -> noPeer.settings(Role.INITIATOR)).hasMessageContaining("no peer");
      assertThatThrownBy(noPeer::method).hasMessageContaining("no method fits");
    }
  }

  private void refused(String content, String message) {
    Path file = PrivateFiles.write(folder, "mixed.json", content);
    assertThatThrownBy(() -> CredentialsFiles.read(List.of(file), false).all())
        .isInstanceOf(Failure.class)
        .hasMessageContaining(message);
  }

  private static LocalHandshake.Outcome handshake(EdhocProfile initiator, EdhocProfile responder) {
    return new LocalHandshake(
            initiator.settings(Role.INITIATOR),
            responder.settings(Role.RESPONDER),
            new SecureRandom()::nextBytes)
        .run(initiator.method(), ConnectionId.of(1), ConnectionId.of(2));
  }

  private CredentialsFiles read(String... names) {
    return CredentialsFiles.read(Arrays.stream(names).map(folder::resolve).toList(), false);
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  private void keygen(String name, String... options) {
    String[] arguments = new String[options.length + 4];
    arguments[0] = "keygen";
    arguments[1] = name;
    System.arraycopy(options, 0, arguments, 2, options.length);
    boolean pem = Arrays.asList(options).contains("pem");
    arguments[options.length + 2] = "--out";
    arguments[options.length + 3] = file(name + (pem ? ".pem" : ".json"));
    CommandRun run = CommandRun.of(arguments);
    assertThat(run.status()).as(run.err()).isZero();
  }
}
