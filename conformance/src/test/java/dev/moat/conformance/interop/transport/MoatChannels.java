package dev.moat.conformance.interop.transport;

import dev.moat.bytes.SecretBytes;
import dev.moat.conformance.interop.InteropClient;
import dev.moat.conformance.interop.InteropServer;
import dev.moat.conformance.interop.Moat;
import dev.moat.conformance.interop.Store;
import dev.moat.endpoint.CoapClient;
import dev.moat.endpoint.credentials.Credentials;
import dev.moat.endpoint.credentials.KeyedCertificate;
import dev.moat.endpoint.credentials.PreSharedKey;
import java.util.List;

/** Moat itself: a URI and credentials, and defaults for all else. */
final class MoatChannels {
  private MoatChannels() {}

  static InteropServer serve(Channel channel, Store store) {
    Credentials credentials = credentials(channel, Keys.SERVER, Keys.CLIENT);
    return new Moat.Server(
        store, builder -> builder.listen(channel.base(0)).credentials(credentials));
  }

  static InteropClient open(Channel channel, int port) {
    Credentials credentials = credentials(channel, Keys.CLIENT, Keys.SERVER);
    return new Moat.Client(
        CoapClient.builder().credentials(credentials).build(), channel.base(port));
  }

  static Credentials credentials(Channel channel, Person own, Person other) {
    Credentials.Builder builder = Credentials.builder();
    switch (channel) {
      case DTLS_PSK -> builder.preSharedKey(sharedKey()).accept(sharedKey());
      case DTLS_RPK -> builder.rawKey(own.keys()).trust(other.keys().getPublic());
      case DTLS_X509, DTLS_CID, TLS, WSS ->
          builder.certificate(keyed(own)).trust(Keys.AUTHORITY.certificate());
      case TCP, WS -> {
        // Nobody is known by anything.
      }
    }
    return builder.build();
  }

  static KeyedCertificate keyed(Person person) {
    return new KeyedCertificate(person.key(), List.of(person.certificate()));
  }

  private static PreSharedKey sharedKey() {
    return new PreSharedKey(Keys.IDENTITY, SecretBytes.copyOf(Keys.sharedKey()));
  }
}
