package dev.moat.conformance.interop.transport;

import dev.moat.conformance.interop.BoundedProcess;
import dev.moat.conformance.interop.InteropClient;
import dev.moat.conformance.interop.InteropServer;
import dev.moat.conformance.interop.Loopback;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * libcoap's example programs with OpenSSL, and with GnuTLS for raw public keys, which OpenSSL lacks
 * there; as Debian's libcoap3-bin ships them.
 *
 * <p>One server process listens for everything: UDP and TCP at one port, DTLS and TLS at the next.
 */
final class LibcoapChannels {
  private static final String[] PROGRAMS = {
    "coap-client-openssl", "coap-server-openssl", "coap-client-gnutls", "coap-server-gnutls"
  };

  private LibcoapChannels() {}

  static boolean installed() {
    List<String> which = new ArrayList<>(List.of("which"));
    which.addAll(List.of(PROGRAMS));
    return BoundedProcess.succeeds(which.toArray(String[]::new));
  }

  private static String program(Channel channel, String role) {
    return "coap-" + role + (channel == Channel.DTLS_RPK ? "-gnutls" : "-openssl");
  }

  static InteropServer serve(Channel channel) throws IOException {
    int port = Loopback.freePortPair();
    List<String> command = new ArrayList<>(List.of(program(channel, "server")));
    command.addAll(List.of("-A", "127.0.0.1", "-p", String.valueOf(port), "-d", "10"));
    if (channel == Channel.DTLS_PSK) {
      command.addAll(List.of("-k", Keys.SHARED_KEY));
    }
    command.addAll(credentials(channel, Keys.SERVER));
    BoundedProcess process = new BoundedProcess(command);
    try {
      Loopback.awaitServer(port);
    } catch (IOException | AssertionError e) {
      process.close();
      throw new AssertionError("no server: " + process.output(), e);
    }
    return new Server(process, channel == Channel.TCP ? port : port + 1);
  }

  static InteropClient open(Channel channel, int port) throws IOException {
    List<String> command = new ArrayList<>(List.of(program(channel, "client")));
    if (channel == Channel.DTLS_PSK) {
      command.addAll(List.of("-k", Keys.SHARED_KEY, "-u", Keys.IDENTITY));
    }
    command.addAll(credentials(channel, Keys.CLIENT));
    return new LibcoapClient(command, channel.base(port));
  }

  private static List<String> credentials(Channel channel, Person own) {
    if (channel == Channel.DTLS_RPK) {
      return List.of("-M", Keys.keyFile(own));
    }
    return channel.certified()
        ? List.of(
            "-c", Keys.certificateFile(own), "-j", Keys.keyFile(own), "-C", Keys.authorityFile())
        : List.of();
  }

  private record Server(BoundedProcess process, int port) implements InteropServer {
    @Override
    public void close() {
      process.close();
    }
  }
}
