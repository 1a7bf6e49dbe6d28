package dev.moat.endpoint.stream;

import dev.moat.endpoint.udp.SocketAddresses;
import io.netty.channel.ConnectTimeoutException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Says in a sentence why a TCP connection did not come about. */
final class ConnectRefusals {
  /** What the kernel calls it, and what that means for the person; %s is the address. */
  private static final List<String[]> SENTENCES =
      List.of(
          new String[] {"refused", "%s refused the connection: nothing listens there"},
          new String[] {"no route to host", "there is no route to %s"},
          new String[] {"network is unreachable", "the network of %s is unreachable"},
          new String[] {"network unreachable", "the network of %s is unreachable"},
          new String[] {"too many open files", "no file descriptor is left for a socket to %s"},
          new String[] {"reset", "%s reset the connection"});

  private ConnectRefusals() {}

  /** The reason, for people; never the name of an exception. */
  static String sentence(Throwable cause, InetSocketAddress to, Duration timeout) {
    String where = SocketAddresses.toPeer(to).toString();
    String said = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    if (cause instanceof ConnectTimeoutException || said.contains("timed out")) {
      return where + " did not answer within " + seconds(timeout);
    }
    for (String[] known : SENTENCES) {
      if (said.contains(known[0])) {
        return String.format(Locale.ROOT, known[1], where);
      }
    }
    return "no connection to " + where + " came about";
  }

  /** A time for people. */
  static String seconds(Duration time) {
    return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
  }
}
