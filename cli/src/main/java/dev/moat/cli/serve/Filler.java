package dev.moat.cli.serve;

/** Readable text of any length, so that a lost or repeated block is seen at once. */
final class Filler {
  private static final int LINE = 64;

  private Filler() {}

  /** Text of {@code octets} octets in lines of 64, each starting with its offset. */
  static String text(int octets) {
    StringBuilder text = new StringBuilder(octets + LINE);
    while (text.length() < octets) {
      String start = String.format("%07d ", text.length());
      text.append(start).append(letters(text.length() / LINE)).append('\n');
    }
    return text.substring(0, octets);
  }

  private static String letters(int line) {
    return String.valueOf((char) ('a' + line % 26)).repeat(LINE - 9);
  }
}
