package dev.moat.cli.decode;

import dev.moat.coap.option.OptionNumber;
import java.util.Map;

/** Which section defines an option. */
final class OptionReference {
  private static final Map<Integer, String> SECTIONS =
      Map.ofEntries(
          Map.entry(OptionNumber.IF_MATCH, "RFC 7252, 5.10.8.1"),
          Map.entry(OptionNumber.URI_HOST, "RFC 7252, 5.10.1"),
          Map.entry(OptionNumber.ETAG, "RFC 7252, 5.10.6"),
          Map.entry(OptionNumber.IF_NONE_MATCH, "RFC 7252, 5.10.8.2"),
          Map.entry(OptionNumber.OBSERVE, "RFC 7641, 2"),
          Map.entry(OptionNumber.URI_PORT, "RFC 7252, 5.10.1"),
          Map.entry(OptionNumber.LOCATION_PATH, "RFC 7252, 5.10.7"),
          Map.entry(OptionNumber.OSCORE, "RFC 8613, 2"),
          Map.entry(OptionNumber.URI_PATH, "RFC 7252, 5.10.1"),
          Map.entry(OptionNumber.CONTENT_FORMAT, "RFC 7252, 5.10.3"),
          Map.entry(OptionNumber.MAX_AGE, "RFC 7252, 5.10.5"),
          Map.entry(OptionNumber.URI_QUERY, "RFC 7252, 5.10.1"),
          Map.entry(OptionNumber.HOP_LIMIT, "RFC 8768, 3"),
          Map.entry(OptionNumber.ACCEPT, "RFC 7252, 5.10.4"),
          Map.entry(OptionNumber.Q_BLOCK1, "RFC 9177, 4.1"),
          Map.entry(OptionNumber.LOCATION_QUERY, "RFC 7252, 5.10.7"),
          Map.entry(OptionNumber.EDHOC, "RFC 9668, 3.1"),
          Map.entry(OptionNumber.BLOCK2, "RFC 7959, 2.1"),
          Map.entry(OptionNumber.BLOCK1, "RFC 7959, 2.1"),
          Map.entry(OptionNumber.SIZE2, "RFC 7959, 4"),
          Map.entry(OptionNumber.Q_BLOCK2, "RFC 9177, 4.1"),
          Map.entry(OptionNumber.PROXY_URI, "RFC 7252, 5.10.2"),
          Map.entry(OptionNumber.PROXY_SCHEME, "RFC 7252, 5.10.2"),
          Map.entry(OptionNumber.SIZE1, "RFC 7252, 5.10.9"),
          Map.entry(OptionNumber.ECHO, "RFC 9175, 2.2"),
          Map.entry(OptionNumber.NO_RESPONSE, "RFC 7967, 2"),
          Map.entry(OptionNumber.REQUEST_TAG, "RFC 9175, 3.2"));

  private OptionReference() {}

  /** The section for {@code number}, or the one about options nobody registered. */
  static String of(int number) {
    return SECTIONS.getOrDefault(number, "RFC 7252, 5.4.1");
  }
}
