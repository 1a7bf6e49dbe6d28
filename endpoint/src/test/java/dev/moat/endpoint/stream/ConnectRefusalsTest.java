package dev.moat.endpoint.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConnectRefusalsTest {
  private final InetSocketAddress to = new InetSocketAddress("192.0.2.1", 5683);

  @Test
  void saysWhatTheKernelMeans() {
    assertThat(sentence(new NoRouteToHostException("No route to host")))
        .isEqualTo("there is no route to 192.0.2.1:5683");
    assertThat(sentence(new SocketException("Network is unreachable")))
        .isEqualTo("the network of 192.0.2.1:5683 is unreachable");
    assertThat(sentence(new SocketException("Too many open files")))
        .isEqualTo("no file descriptor is left for a socket to 192.0.2.1:5683");
    assertThat(sentence(new SocketException("Connection timed out")))
        .isEqualTo("192.0.2.1:5683 did not answer within 1500 ms");
    assertThat(sentence(new SocketException()))
        .isEqualTo("no connection to 192.0.2.1:5683 came about");
  }

  private String sentence(Exception cause) {
    return ConnectRefusals.sentence(cause, to, Duration.ofMillis(1500));
  }
}
