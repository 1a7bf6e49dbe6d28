package dev.moat.coap.option;

/** The registered option numbers that Moat knows by name. */
public final class OptionNumber {
  /** If-Match (RFC 7252). */
  public static final int IF_MATCH = 1;

  /** Uri-Host (RFC 7252). */
  public static final int URI_HOST = 3;

  /** ETag (RFC 7252). */
  public static final int ETAG = 4;

  /** If-None-Match (RFC 7252). */
  public static final int IF_NONE_MATCH = 5;

  /** Observe (RFC 7641). */
  public static final int OBSERVE = 6;

  /** Uri-Port (RFC 7252). */
  public static final int URI_PORT = 7;

  /** Location-Path (RFC 7252). */
  public static final int LOCATION_PATH = 8;

  /** OSCORE (RFC 8613). */
  public static final int OSCORE = 9;

  /** Uri-Path (RFC 7252). */
  public static final int URI_PATH = 11;

  /** Content-Format (RFC 7252). */
  public static final int CONTENT_FORMAT = 12;

  /** Max-Age (RFC 7252). */
  public static final int MAX_AGE = 14;

  /** Uri-Query (RFC 7252). */
  public static final int URI_QUERY = 15;

  /** Hop-Limit (RFC 8768). */
  public static final int HOP_LIMIT = 16;

  /** Accept (RFC 7252). */
  public static final int ACCEPT = 17;

  /** Q-Block1 (RFC 9177). */
  public static final int Q_BLOCK1 = 19;

  /** Location-Query (RFC 7252). */
  public static final int LOCATION_QUERY = 20;

  /** EDHOC (RFC 9668). */
  public static final int EDHOC = 21;

  /** Block2 (RFC 7959). */
  public static final int BLOCK2 = 23;

  /** Block1 (RFC 7959). */
  public static final int BLOCK1 = 27;

  /** Size2 (RFC 7959). */
  public static final int SIZE2 = 28;

  /** Q-Block2 (RFC 9177). */
  public static final int Q_BLOCK2 = 31;

  /** Proxy-Uri (RFC 7252). */
  public static final int PROXY_URI = 35;

  /** Proxy-Scheme (RFC 7252). */
  public static final int PROXY_SCHEME = 39;

  /** Size1 (RFC 7252, 7959). */
  public static final int SIZE1 = 60;

  /** Echo (RFC 9175). */
  public static final int ECHO = 252;

  /** No-Response (RFC 7967). */
  public static final int NO_RESPONSE = 258;

  /** Request-Tag (RFC 9175). */
  public static final int REQUEST_TAG = 292;

  private OptionNumber() {}
}
