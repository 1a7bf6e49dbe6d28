package dev.moat.cli.edhoc;

import dev.moat.edhoc.suite.CipherSuite;
import dev.moat.edhoc.suite.CipherSuites;
import dev.moat.edhoc.suite.Method;
import java.util.List;

/** Methods and suites as options name them: by their numbers. */
final class PolicyNumbers {
  private PolicyNumbers() {}

  /**
   * Methods, in the order given.
   *
   * @throws IllegalArgumentException naming {@code option} when one is not known or there twice
   */
  static List<Method> methods(String option, List<Integer> numbers) {
    requireOnce(option, numbers);
    return numbers.stream()
        .map(
            number ->
                Method.of(number)
                    .orElseThrow(
                        () -> new IllegalArgumentException(option + " takes 0, 1, 2, 3 or 4")))
        .toList();
  }

  /**
   * Cipher suites, in the order given.
   *
   * @throws IllegalArgumentException naming {@code option} when one is not known or there twice
   */
  static List<CipherSuite> suites(String option, List<Integer> numbers) {
    requireOnce(option, numbers);
    return numbers.stream()
        .map(
            number ->
                CipherSuites.standard()
                    .find(number)
                    .orElseThrow(
                        () ->
                            new IllegalArgumentException(
                                option + " names " + number + "; known are 0 to 6, 24 and 25")))
        .toList();
  }

  private static void requireOnce(String option, List<Integer> numbers) {
    if (numbers.stream().distinct().count() < numbers.size()) {
      throw new IllegalArgumentException(option + " takes each number once");
    }
  }
}
