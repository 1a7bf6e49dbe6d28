package dev.moat.foe.lab;

import dev.moat.foe.path.Transport;
import dev.moat.foe.scenario.Scenario;
import dev.moat.foe.stack.StackUnderTest;
import java.util.Set;

/** A column of a table: a stack, and the transport between its two ends. */
public record Column(StackUnderTest stack, Transport transport) {
  /** The stacks of the matrix, without object security. */
  static final Set<String> PLAIN = Set.of("rfc7252", "moat");

  /** The stacks of the matrix, under OSCORE. */
  static final Set<String> UNDER_OSCORE = Set.of("oscore", "moat:oscore");

  private static final String NO_SECURITY = "NoSec";

  /** Its name, such as moat over tls. */
  public String name() {
    return stack.name() + " over " + transport.word();
  }

  /** All that protects a message here, such as OSCORE over DTLS-PSK. */
  public String security() {
    if (!transport.isSecured()) {
      return stack.security();
    }
    return stack.security().equals(NO_SECURITY)
        ? transport.title()
        : stack.security() + " over " + transport.title();
  }

  /** What the column is called in a table over transports: what protects, and what carries. */
  public Head head() {
    boolean plain = stack.security().equals(NO_SECURITY);
    return switch (transport) {
      case UDP, VIRTUAL -> new Head(stack.security(), "UDP");
      case TCP -> new Head(stack.security(), "TCP");
      case DTLS_PSK -> plain ? new Head("DTLS", "PSK") : new Head(stack.security(), "DTLS-PSK");
      case DTLS_X509_CID -> new Head(plain ? "DTLS" : stack.security(), "X.509+CID");
      case TLS -> new Head("TLS", "TCP");
      case WSS -> new Head("TLS", "WebSocket");
    };
  }

  /** True for the columns of the matrix. */
  boolean isOfMatrix() {
    return PLAIN.contains(stack.name()) || UNDER_OSCORE.contains(stack.name());
  }

  /**
   * False when {@code scenario} is none of the rows for this column. The ladders of the draft's
   * figures are for every transport; those that forge, or spoof an address, for datagrams that
   * nothing protects.
   */
  boolean hasPartIn(Scenario scenario) {
    return stack.hasPartIn(scenario) && (transport.isPlainUdp() || scenario.isOfEveryTransport());
  }

  /** Two short words. */
  public record Head(String protection, String carrier) {}
}
