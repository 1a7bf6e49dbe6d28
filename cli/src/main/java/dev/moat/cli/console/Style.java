package dev.moat.cli.console;

/** Colours, where a person looks. */
public enum Style {
  /** Something went right. */
  GOOD("32"),
  /** Something went wrong. */
  BAD("31"),
  /** Needs attention: the outcome is not known. */
  DOUBT("33"),
  /** Less important: references, offsets. */
  FAINT("2"),
  /** More important: names. */
  STRONG("1");

  private static final String ESCAPE = "\u001b[";

  private final String code;

  Style(String code) {
    this.code = code;
  }

  /** {@code text} in this style, or as it is when {@code coloured} is false. */
  public String on(String text, boolean coloured) {
    return coloured ? ESCAPE + code + "m" + text + ESCAPE + "0m" : text;
  }
}
