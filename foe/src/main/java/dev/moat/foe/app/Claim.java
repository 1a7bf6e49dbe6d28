package dev.moat.foe.app;

/**
 * Something that may be true or not.
 *
 * @param subject what it is about, such as lock
 * @param value what is said of it, such as locked
 */
public record Claim(String subject, String value) {
  @Override
  public String toString() {
    return subject + " " + value;
  }
}
