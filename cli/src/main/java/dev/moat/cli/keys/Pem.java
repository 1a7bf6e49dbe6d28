package dev.moat.cli.keys;

import dev.moat.bytes.Bytes;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One block of a PEM text (RFC 7468).
 *
 * @param label what stands behind BEGIN
 * @param content the octets
 */
public record Pem(String label, Bytes content) {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");
  private static final int COLUMNS = 64;

  /** True for a text with at least the beginning of a block. */
  public static boolean isPem(String text) {
    return text.contains("-----BEGIN ");
  }

  /**
   * The blocks of a text, in order.
   *
   * @throws KeyFormatException when one has no end, or no base64 in it
   */
  public static List<Pem> read(String text) throws KeyFormatException {
    List<Pem> blocks = new ArrayList<>();
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      blocks.add(new Pem(block.group(1), decoded(block.group(2))));
    }
    if (blocks.isEmpty()) {
      throw new KeyFormatException(
          "has a PEM block without its END line", "Was it cut off while it was copied?");
    }
    return blocks;
  }

  private static Bytes decoded(String body) throws KeyFormatException {
    try {
      return Bytes.owned(Base64.getDecoder().decode(body.replaceAll("\\s", "")));
    } catch (IllegalArgumentException e) {
      throw new KeyFormatException(
          "has a PEM block that is no base64",
          "Blocks with headers, such as Proc-Type, are too old.");
    }
  }

  /** The block as text. */
  public String text() {
    Base64.Encoder lines = Base64.getMimeEncoder(COLUMNS, new byte[] {'\n'});
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(label, lines.encodeToString(content.toArray()), label);
  }

  /** What it is, not its content. */
  @Override
  public String toString() {
    return "Pem[" + label + "]";
  }
}
