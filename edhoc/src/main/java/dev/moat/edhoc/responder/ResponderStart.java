package dev.moat.edhoc.responder;

import dev.moat.bytes.Bytes;
import dev.moat.crypto.Primitives;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.EdhocException.Reason;
import dev.moat.edhoc.auth.KeyUse;
import dev.moat.edhoc.auth.Terms;
import dev.moat.edhoc.message.Message1;
import dev.moat.edhoc.suite.CipherSuite;
import dev.moat.edhoc.suite.Method;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Before message_1. Immutable, and good for many sessions. */
public final class ResponderStart {
  private final Primitives primitives;
  private final List<CipherSuite> suites;
  private final Set<Method> methods;
  private final KeyUse use;

  /** Accepts these suites, in whatever order, and methods. */
  public ResponderStart(
      Primitives primitives, List<CipherSuite> suites, Set<Method> methods, KeyUse use) {
    this.primitives = primitives;
    this.suites = List.copyOf(suites);
    this.methods = Set.copyOf(methods);
    this.use = use;
  }

  /**
   * Reads a message_1 (RFC 9528, Section 5.2.3). No key is computed, but G_X is checked.
   *
   * @throws EdhocException with METHOD_NOT_SUPPORTED, WRONG_SUITE, BAD_EPHEMERAL_KEY, or a reason
   *     of {@link Message1#decode}
   */
  public ReceivedMessage1 receive(Bytes octets) throws EdhocException {
    Message1 message1 = Message1.decode(octets);
    Method method =
        Method.of(message1.method())
            .filter(methods::contains)
            .orElseThrow(() -> new EdhocException(Reason.METHOD_NOT_SUPPORTED));
    Terms terms = new Terms(primitives, method, selected(message1), use);
    return new ReceivedMessage1(terms, message1, terms.ephemeral(message1.gX(terms.suite())));
  }

  /** The suite must be the first of SUITES_I that is supported here, or the list was changed. */
  private CipherSuite selected(Message1 message1) throws EdhocException {
    List<Integer> values = suites.stream().map(CipherSuite::value).toList();
    Optional<Integer> first = message1.suites().firstOf(values);
    if (!first.equals(Optional.of(message1.suites().selected()))) {
      throw new EdhocException(Reason.WRONG_SUITE);
    }
    return suites.get(values.indexOf(first.get()));
  }
}
