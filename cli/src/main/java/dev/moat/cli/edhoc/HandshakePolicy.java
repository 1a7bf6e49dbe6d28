package dev.moat.cli.edhoc;

import dev.moat.cli.entry.Entry;
import dev.moat.cli.file.Place;
import dev.moat.edhoc.suite.CipherSuite;
import dev.moat.edhoc.suite.CipherSuites;
import dev.moat.edhoc.suite.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How handshakes are to be made.
 *
 * @param methods the methods, the preferred one first; empty for all that the keys allow
 * @param suites the cipher suites in order of preference; empty for all that the keys allow
 * @param message4 true to send and expect message_4
 * @param padding lengths of messages become a multiple of this; 1 for no padding
 * @param grease true to send meaningless items now and then
 * @param combined whether message_3 goes with the first request; empty to leave it to the client
 */
record HandshakePolicy(
    List<Method> methods,
    List<CipherSuite> suites,
    boolean message4,
    int padding,
    boolean grease,
    Optional<Boolean> combined) {
  static final Set<String> MEMBERS =
      Set.of(
          "method",
          "methods",
          "suite",
          "suites",
          "message-4",
          "padding",
          "grease",
          "use-combined-edhoc");
  private static final int MAX_PADDING = 1024;

  /** What holds when nothing is said. */
  static HandshakePolicy usual() {
    return new HandshakePolicy(List.of(), List.of(), false, 1, false, Optional.empty());
  }

  /**
   * What holds when {@code entry} is added: methods and suites of both, the stricter of the rest.
   */
  HandshakePolicy with(Entry entry) {
    return new HandshakePolicy(
        joined(methods, methods(entry)),
        joined(suites, suites(entry)),
        message4 || entry.flag("message-4").orElse(false),
        Math.max(padding, padding(entry)),
        grease || entry.flag("grease").orElse(false),
        entry.flag("use-combined-edhoc").or(() -> combined));
  }

  /** This with what the command line says instead; an empty list says nothing. */
  HandshakePolicy overridden(
      List<Method> otherMethods, List<CipherSuite> otherSuites, boolean withMessage4) {
    return new HandshakePolicy(
        otherMethods.isEmpty() ? methods : otherMethods,
        otherSuites.isEmpty() ? suites : otherSuites,
        message4 || withMessage4,
        padding,
        grease,
        combined);
  }

  private static <T> List<T> joined(List<T> one, List<T> more) {
    List<T> all = new ArrayList<>(one);
    more.stream().filter(item -> !all.contains(item)).forEach(all::add);
    return List.copyOf(all);
  }

  private static List<Method> methods(Entry entry) {
    Place place = entry.place().member("method");
    return entry.integers("method", "methods").stream()
        .map(
            value ->
                method(value)
                    .orElseThrow(
                        () ->
                            place.misuse(
                                "names " + value + ", which is no method of EDHOC",
                                "0: both sign, 1 and 2: one signs, 3: static Diffie-Hellman, 4: a"
                                    + " shared key.")))
        .toList();
  }

  private static Optional<Method> method(long value) {
    return Arrays.stream(Method.values()).filter(one -> one.value() == value).findFirst();
  }

  private static List<CipherSuite> suites(Entry entry) {
    Place place = entry.place().member("suite");
    CipherSuites known = CipherSuites.standard();
    return entry.integers("suite", "suites").stream()
        .map(
            value ->
                known.all().stream()
                    .filter(suite -> suite.value() == value)
                    .findFirst()
                    .orElseThrow(
                        () ->
                            place.misuse(
                                "names " + value + ", which is no cipher suite known here",
                                "Choose of " + numbers(known) + ".")))
        .toList();
  }

  private static String numbers(CipherSuites suites) {
    return suites.all().stream()
        .map(suite -> Integer.toString(suite.value()))
        .collect(Collectors.joining(", "));
  }

  private static int padding(Entry entry) {
    return entry
        .typed(
            "padding",
            item -> item.integer().filter(octets -> octets >= 1 && octets <= MAX_PADDING),
            "a number of octets from 1 to " + MAX_PADDING)
        .map(Math::toIntExact)
        .orElse(1);
  }
}
