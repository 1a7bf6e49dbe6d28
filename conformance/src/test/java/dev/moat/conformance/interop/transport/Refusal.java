package dev.moat.conformance.interop.transport;

import dev.moat.bytes.SecretBytes;
import dev.moat.endpoint.credentials.Credentials;
import dev.moat.endpoint.credentials.PreSharedKey;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;

/**
 * Pairs of credentials that must come to nothing, and words that both sides' sentences contain, as
 * regular expressions.
 */
enum Refusal {
  WRONG_KEY(
      sharedKeys(),
      accepting(Keys.IDENTITY, Keys.SHARED_KEY),
      offering(Keys.IDENTITY, "seventeen octets!"),
      "another key.*\"lock\"|\"lock\".*another key",
      "another key.*\"lock\""),
  UNKNOWN_IDENTITY(
      sharedKeys(),
      accepting(Keys.IDENTITY, Keys.SHARED_KEY),
      offering("stranger", Keys.SHARED_KEY),
      "does not know.*\"stranger\"",
      "not known.*\"stranger\""),
  UNKNOWN_RAW_KEY_OF_SERVER(
      EnumSet.of(Channel.DTLS_RPK),
      Credentials.builder().rawKey(Authority.freshKeys()).trust(Keys.CLIENT.keys().getPublic()),
      Credentials.builder().rawKey(Keys.CLIENT.keys()).trust(Keys.SERVER.keys().getPublic()),
      "raw public key",
      "public key"),
  UNKNOWN_RAW_KEY_OF_CLIENT(
      EnumSet.of(Channel.DTLS_RPK),
      Credentials.builder().rawKey(Keys.SERVER.keys()).trust(Keys.CLIENT.keys().getPublic()),
      Credentials.builder().rawKey(Authority.freshKeys()).trust(Keys.SERVER.keys().getPublic()),
      "public key",
      "raw public key"),
  SERVER_OF_ANOTHER_AUTHORITY(
      certificates(),
      server(Others.AUTHORITY.issue("server", "127.0.0.1")),
      client(Keys.CLIENT),
      "server's certificate.*authority.*CN=Another root",
      "authority|certificate"),
  SERVER_EXPIRED(
      certificates(),
      server(Keys.AUTHORITY.issueExpired("server", "127.0.0.1")),
      client(Keys.CLIENT),
      "server's certificate.*expired",
      "expired|certificate"),
  SERVER_SELF_SIGNED(
      certificates(),
      server(Authority.selfSigned("server", "127.0.0.1")),
      client(Keys.CLIENT),
      "server's certificate.*self-signed",
      "authority|certificate"),
  SERVER_OF_ANOTHER_NAME(
      certificates(),
      server(Keys.AUTHORITY.issue("server", "door.example")),
      client(Keys.CLIENT),
      "server's certificate.*door\\.example.*not for 127\\.0\\.0\\.1",
      "certificate"),
  /** A client may keep a certificate back that is of no authority that the server names. */
  CLIENT_OF_ANOTHER_AUTHORITY(
      certificates(),
      server(Keys.SERVER),
      client(Others.AUTHORITY.issue("client")),
      "certificate",
      "client's certificate.*authority.*CN=Another root|" + Others.NOT_SHOWN),
  CLIENT_EXPIRED(
      certificates(),
      server(Keys.SERVER),
      client(Keys.AUTHORITY.issueExpired("client")),
      "certificate",
      "client's certificate.*expired"),
  CLIENT_SELF_SIGNED(
      certificates(),
      server(Keys.SERVER),
      client(Authority.selfSigned("client")),
      "certificate",
      "client's certificate.*self-signed|" + Others.NOT_SHOWN),
  CLIENT_WITHOUT_CERTIFICATE(
      certificates(),
      server(Keys.SERVER),
      Credentials.builder().trust(Keys.AUTHORITY.certificate()),
      "certificate",
      "client.*(no|without|missing).*certificate|certificate.*missing");

  private final Set<Channel> channels;
  private final Credentials server;
  private final Credentials client;
  private final String clientSays;
  private final String serverSays;

  Refusal(
      Set<Channel> channels,
      Credentials.Builder server,
      Credentials.Builder client,
      String clientSays,
      String serverSays) {
    this.channels = channels;
    this.server = server.build();
    this.client = client.build();
    this.clientSays = clientSays;
    this.serverSays = serverSays;
  }

  Set<Channel> channels() {
    return channels;
  }

  Credentials server() {
    return server;
  }

  Credentials client() {
    return client;
  }

  String clientSays() {
    return clientSays;
  }

  String serverSays() {
    return serverSays;
  }

  private static Set<Channel> sharedKeys() {
    return EnumSet.of(Channel.DTLS_PSK);
  }

  private static Set<Channel> certificates() {
    return EnumSet.of(Channel.DTLS_X509, Channel.TLS, Channel.WSS);
  }

  private static Credentials.Builder accepting(String identity, String key) {
    return Credentials.builder().accept(shared(identity, key));
  }

  private static Credentials.Builder offering(String identity, String key) {
    return Credentials.builder().preSharedKey(shared(identity, key));
  }

  private static PreSharedKey shared(String identity, String key) {
    return new PreSharedKey(identity, SecretBytes.copyOf(key.getBytes(StandardCharsets.US_ASCII)));
  }

  private static Credentials.Builder server(Person shown) {
    return client(shown);
  }

  private static Credentials.Builder client(Person shown) {
    return Credentials.builder()
        .certificate(MoatChannels.keyed(shown))
        .trust(Keys.AUTHORITY.certificate());
  }

  /** Whom nobody here trusts, and what a server says who never got to see it. */
  private static final class Others {
    static final Authority AUTHORITY = new Authority("Another root");
    static final String NOT_SHOWN = "client showed no certificate";
  }
}
