package dev.moat.endpoint.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.PeerIdentity;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.endpoint.credentials.Credentials;
import dev.moat.endpoint.credentials.KeyedCertificate;
import dev.moat.engine.resource.Resource;
import dev.moat.engine.resource.Router;
import java.security.KeyPair;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who may talk to whom, and what both sides say when they may not. */
@Timeout(120)
class CredentialMatrixTest {
  private static final String HOST = "lock.example";
  private static final Authority ROOT = Authority.named("Moat root");
  private static final Authority AUTHORITY = ROOT.sub("Moat devices");
  private static final Authority STRANGER = Authority.named("Somebody else");

  private final AtomicReference<Request> seen = new AtomicReference<>();
  private final Router router =
      Router.of(
          Resource.at("/hello")
              .get(
                  request -> {
                    seen.set(request);
                    return Response.text(Code.CONTENT, "hi");
                  }));

  private static KeyedCertificate lock() {
    return AUTHORITY.issue("lock", Authority.dns(HOST), Authority.ip("127.0.0.1"));
  }

  private static Credentials.Builder serverOf(KeyedCertificate certificate) {
    return Credentials.builder().certificate(certificate).trust(ROOT.certificate());
  }

  private static Credentials.Builder phone() {
    return Credentials.builder().certificate(AUTHORITY.issue("phone")).trust(ROOT.certificate());
  }

  private PeerIdentity getsThrough(Credentials server, Credentials client, String host) {
    try (Side serving = Side.server(server, router);
        Side asking = Side.client(client)) {
      Peer peer = asking.connect(serving.address(), host);
      assertThat(asking.get(peer, "/hello").payload().toUtf8()).isEqualTo("hi");
      return seen.get().context().find(PeerIdentity.KEY).orElseThrow();
    }
  }

  private void isRefused(Credentials server, Credentials client, String atClient, String atServer) {
    try (Side serving = Side.server(server, router);
        Side asking =
            Side.of(
                Side.config(client).clientRole().withHandshakeTimeout(Duration.ofSeconds(10)),
                Router.of())) {
      assertThat(asking.refusal(serving.address(), HOST)).isEqualTo(atClient);
      assertThat(serving.awaitEvent(DtlsEvent.HandshakeRefused.class).sentence())
          .isEqualTo(atServer);
      assertThat(serving.events(DtlsEvent.Associated.class)).isEmpty();
      assertThat(asking.events(DtlsEvent.Associated.class)).isEmpty();
    }
  }

  @Nested
  class Certificates {
    @Test
    void areVerifiedBothWays() {
      PeerIdentity identity = getsThrough(serverOf(lock()).build(), phone().build(), HOST);
      assertThat(identity.words()).isEqualTo("certificate of CN=phone");
    }

    @Test
    void countForAnAddressThatTheyName() {
      getsThrough(serverOf(lock()).build(), phone().build(), "127.0.0.1");
    }

    @Test
    void needNotBeShownByClientsThatMayBeAnonymous() {
      PeerIdentity identity =
          getsThrough(
              serverOf(lock()).allowAnonymousClients().build(),
              Credentials.builder().trust(ROOT.certificate()).build(),
              HOST);
      assertThat(identity).isEqualTo(new PeerIdentity.Anonymous());
    }

    @Test
    void areDemandedFromClients() {
      isRefused(
          serverOf(lock()).build(),
          Credentials.builder().trust(ROOT.certificate()).build(),
          "the server refused our certificate or public key, or misses one",
          "the client showed no certificate or public key that can be used");
    }

    @Test
    void mustBeForTheHost() {
      isRefused(
          serverOf(AUTHORITY.issue("door", Authority.dns("door.example"))).build(),
          phone().build(),
          "the server's certificate is for door.example, not for lock.example",
          "the client refused our certificate or public key, or misses one");
    }

    @Test
    void needAlternativeNamesNotACommonName() {
      isRefused(
          serverOf(AUTHORITY.issue(HOST)).build(),
          phone().build(),
          "the server's certificate names no host, not for lock.example",
          "the client refused our certificate or public key, or misses one");
    }

    @Test
    void ofAnotherAuthorityDoNotCount() {
      isRefused(
          serverOf(STRANGER.issue("lock", Authority.dns(HOST))).build(),
          phone().build(),
          "the server's certificate leads to no authority that is trusted: it comes from"
              + " CN=Somebody else",
          "the client trusts no authority that vouches for our certificate");
    }

    @Test
    void ofAClientFromAnotherAuthorityDoNotCount() {
      isRefused(
          serverOf(lock()).build(),
          Credentials.builder()
              .certificate(STRANGER.issue("phone"))
              .trust(ROOT.certificate())
              .build(),
          "the server refused our certificate or public key, or misses one",
          "the client showed no certificate or public key that can be used");
    }

    @Test
    void thatHaveExpiredDoNotCount() {
      try (Side serving =
              Side.server(
                  serverOf(AUTHORITY.expired("lock", Authority.dns(HOST))).build(), router);
          Side asking = Side.client(phone().build())) {
        assertThat(asking.refusal(serving.address(), HOST))
            .matches("the server's certificate expired on \\d{4}-\\d\\d-\\d\\d");
        assertThat(serving.awaitEvent(DtlsEvent.HandshakeRefused.class).sentence())
            .isEqualTo("the client says that our certificate has expired or is not valid yet");
      }
    }

    @Test
    void ofAClientThatHaveExpiredDoNotCount() {
      try (Side serving = Side.server(serverOf(lock()).build(), router);
          Side asking =
              Side.client(
                  Credentials.builder()
                      .certificate(AUTHORITY.expired("phone"))
                      .trust(ROOT.certificate())
                      .build())) {
        assertThat(asking.refusal(serving.address(), HOST))
            .isEqualTo("the server says that our certificate has expired or is not valid yet");
        assertThat(serving.awaitEvent(DtlsEvent.HandshakeRefused.class).sentence())
            .matches("the client's certificate expired on \\d{4}-\\d\\d-\\d\\d");
      }
    }

    @Test
    void thatAreSelfSignedDoNotCount() {
      isRefused(
          serverOf(Authority.selfSigned("lock", Authority.dns(HOST))).build(),
          phone().build(),
          "the server's certificate is self-signed, and not one that is trusted",
          "the client trusts no authority that vouches for our certificate");
    }

    @Test
    void thatAreSelfSignedCountWhereTheyAreTrustedThemselves() {
      KeyedCertificate own = Authority.selfSigned("lock", Authority.dns(HOST));
      getsThrough(
          serverOf(own).build(),
          Credentials.builder()
              .certificate(AUTHORITY.issue("phone"))
              .trust(own.chain().get(0))
              .build(),
          HOST);
    }
  }

  @Nested
  class RawPublicKeys {
    private final KeyPair lock = Authority.keys();
    private final KeyPair phone = Authority.keys();

    @Test
    void areVerifiedBothWays() {
      PeerIdentity identity =
          getsThrough(
              Credentials.builder().rawKey(lock).trust(phone.getPublic()).build(),
              Credentials.builder().rawKey(phone).trust(lock.getPublic()).build(),
              HOST);
      assertThat(identity)
          .isEqualTo(new PeerIdentity.RawPublicKey(Bytes.copyOf(phone.getPublic().getEncoded())));
    }

    @Test
    void ofAnotherServerDoNotCount() {
      isRefused(
          Credentials.builder().rawKey(Authority.keys()).trust(phone.getPublic()).build(),
          Credentials.builder().rawKey(phone).trust(lock.getPublic()).build(),
          "the server's raw public key is none that is trusted here",
          "the client does not accept our certificate or public key");
    }

    @Test
    void ofAnotherClientDoNotCount() {
      isRefused(
          Credentials.builder().rawKey(lock).trust(phone.getPublic()).build(),
          Credentials.builder().rawKey(Authority.keys()).trust(lock.getPublic()).build(),
          "the server does not accept our certificate or public key",
          "the client's raw public key is none that is trusted here");
    }

    @Test
    void mustBeOfTheKeyPairOfTheCertificate() {
      Credentials both = serverOf(lock()).rawKey(lock).build();
      assertThatThrownBy(() -> Side.server(both, router))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("same key pair");
    }
  }

  @Nested
  class Mixed {
    @Test
    void serverTakesKeysAndCertificates() {
      Credentials server = serverOf(lock()).accept(Keys.key("lamp", "fedcba9876543210")).build();
      assertThat(getsThrough(server, phone().build(), HOST).words()).contains("CN=phone");
      assertThat(getsThrough(server, Keys.client("lamp", "fedcba9876543210"), HOST))
          .isEqualTo(new PeerIdentity.PreSharedKey("lamp"));
    }

    @Test
    void nothingInCommonIsTold() {
      isRefused(
          serverOf(lock()).build(),
          Keys.client(),
          "the server found no common cipher suite, or wants other credentials than ours",
          "the client shares no cipher suite with us, or has no credentials for one");
    }

    @Test
    void credentialsThatAssociateWithNobodyAreRefusedAtOnce() {
      Credentials none = Credentials.builder().build();
      assertThatThrownBy(() -> Side.server(none, router))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("no association possible");
      // A certificate alone trusts nobody.
      Credentials lonely = Credentials.builder().certificate(lock()).build();
      assertThatThrownBy(() -> Side.server(lonely, router))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
