package dev.moat.cli.serve;

/** The content formats that the resources here use (RFC 7252, Section 12.3). */
final class Formats {
  static final int TEXT = 0;
  static final int LINK_FORMAT = 40;
  static final int XML = 41;
  static final int OCTETS = 42;
  static final int JSON = 50;

  private Formats() {}
}
