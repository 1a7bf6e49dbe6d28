package dev.moat.coap.option;

/**
 * A Content-Format: a number for a media type and a content coding (RFC 7252, Section 12.3).
 *
 * @param number 0 to 65535
 * @param mediaType the media type with its parameters
 * @param contentCoding the content coding, empty when there is none
 */
public record ContentFormat(int number, String mediaType, String contentCoding) {
  /** text/plain; charset=utf-8. */
  public static final int TEXT_PLAIN = 0;

  /** application/link-format (RFC 6690). */
  public static final int LINK_FORMAT = 40;

  /** application/octet-stream. */
  public static final int OCTET_STREAM = 42;

  /** application/json. */
  public static final int JSON = 50;

  /** application/cbor. */
  public static final int CBOR = 60;

  /** application/concise-problem-details+cbor (RFC 9290). */
  public static final int PROBLEM_DETAILS = 257;

  /** Checks the number's range. */
  public ContentFormat {
    if (number < 0 || number > 0xffff) {
      throw new IllegalArgumentException("Content-Format " + number + " is not a 16-bit value");
    }
  }

  /** A Content-Format without content coding. */
  public static ContentFormat of(int number, String mediaType) {
    return new ContentFormat(number, mediaType, "");
  }

  /** The media type without its parameters. */
  public String essence() {
    int parameters = mediaType.indexOf(';');
    return parameters < 0 ? mediaType : mediaType.substring(0, parameters);
  }

  /** The media type, and the content coding in parentheses. */
  @Override
  public String toString() {
    return contentCoding.isEmpty() ? mediaType : mediaType + " (" + contentCoding + ")";
  }
}
