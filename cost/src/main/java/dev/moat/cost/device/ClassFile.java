package dev.moat.cost.device;

import dev.moat.bytes.Bytes;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Sizes in a class file (The Java Virtual Machine Specification, Chapter 4).
 *
 * @param octets of the whole file
 * @param bytecodeOctets of the instructions of its methods
 * @param literalOctets of its texts and numbers
 */
record ClassFile(int octets, long bytecodeOctets, long literalOctets) {
  private static final int MAGIC = 0xcafebabe;

  /**
   * Reads a class file.
   *
   * @throws IllegalArgumentException when it is none
   */
  static ClassFile read(Bytes file) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(file.toArray()))) {
      if (in.readInt() != MAGIC) {
        throw new IllegalArgumentException("no class file: it does not begin with 0xcafebabe");
      }
      in.skipNBytes(4); // version
      Constants constants = Constants.read(in);
      in.skipNBytes(6); // access, this, super
      in.skipNBytes(2L * in.readUnsignedShort()); // interfaces
      long none = code(in, constants);
      long code = code(in, constants);
      return new ClassFile(file.length(), none + code, constants.literalOctets());
    } catch (IOException cut) {
      throw new UncheckedIOException("a class file without an end", cut);
    }
  }

  /** The instructions of the fields, which have none, or of the methods. */
  private static long code(DataInputStream in, Constants constants) throws IOException {
    long octets = 0;
    for (int members = in.readUnsignedShort(); members > 0; members--) {
      in.skipNBytes(6); // access, name, descriptor
      for (int attributes = in.readUnsignedShort(); attributes > 0; attributes--) {
        octets += attribute(in, constants);
      }
    }
    return octets;
  }

  private static long attribute(DataInputStream in, Constants constants) throws IOException {
    boolean code = constants.isCode(in.readUnsignedShort());
    long length = Integer.toUnsignedLong(in.readInt());
    if (!code) {
      in.skipNBytes(length);
      return 0;
    }
    in.skipNBytes(4); // greatest stack, locals
    long instructions = Integer.toUnsignedLong(in.readInt());
    in.skipNBytes(length - 8);
    return instructions;
  }

  /** The constant pool (Section 4.4). */
  private static final class Constants {
    private static final int UTF8 = 1;
    private static final int INTEGER = 3;
    private static final int FLOAT = 4;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;
    private static final int STRING = 8;

    private final String[] texts;
    private final int[] referred;
    private int numberOctets;

    private Constants(int count) {
      texts = new String[count];
      referred = new int[count];
    }

    static Constants read(DataInputStream in) throws IOException {
      int count = in.readUnsignedShort();
      Constants constants = new Constants(count);
      int at = 1;
      while (at < count) {
        at += constants.entry(in, at);
      }
      return constants;
    }

    /** How many places the entry takes. */
    private int entry(DataInputStream in, int at) throws IOException {
      int tag = in.readUnsignedByte();
      switch (tag) {
        case UTF8 -> texts[at] = in.readUTF();
        case STRING -> referred[at] = in.readUnsignedShort();
        case INTEGER, FLOAT -> number(in, 4);
        case LONG, DOUBLE -> number(in, 8);
        default -> in.skipNBytes(octets(tag));
      }
      return tag == LONG || tag == DOUBLE ? 2 : 1;
    }

    private void number(DataInputStream in, int octets) throws IOException {
      in.skipNBytes(octets);
      numberOctets += octets;
    }

    private static int octets(int tag) {
      return switch (tag) {
        case 7, 16, 19, 20 -> 2; // class, method type, module, package
        case 15 -> 3; // method handle
        case 9, 10, 11, 12, 17, 18 -> 4; // references, names with types, dynamic ones
        default -> throw new IllegalArgumentException("no constant has the tag " + tag);
      };
    }

    boolean isCode(int name) {
      return "Code".equals(texts[name]);
    }

    long literalOctets() {
      long octets = numberOctets;
      for (int text : referred) {
        octets += text == 0 ? 0 : Bytes.utf8(texts[text]).length();
      }
      return octets;
    }
  }
}
