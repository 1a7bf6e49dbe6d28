package dev.moat.cost.conversation;

import java.util.List;

/**
 * How a capture is looked at.
 *
 * @param source what people read as its name
 * @param idPrefix what the ids of its exchanges begin with: small letters, digits and hyphens
 * @param device which side is the device
 * @param edhocPath the path of the EDHOC resource, segment by segment; message_1 is recognised
 *     under any path, and messages with EDHOC's content formats too
 */
public record CaptureView(String source, String idPrefix, Device device, List<String> edhocPath) {
  /** Where EDHOC is by default (RFC 9528, Section 10.7). */
  public static final List<String> WELL_KNOWN = List.of(".well-known", "edhoc");

  /** Keeps a copy. */
  public CaptureView {
    edhocPath = List.copyOf(edhocPath);
  }

  /** The usual view: the client is the device, and EDHOC at its well-known path. */
  public static CaptureView of(String source) {
    return new CaptureView(source, "captured", Device.CLIENT, WELL_KNOWN);
  }
}
