package dev.moat.cost.device;

/**
 * The size of the classes of one module.
 *
 * @param module its name
 * @param classes how many classes
 * @param fileOctets of the class files: with names, types and tables for debuggers
 * @param bytecodeOctets of the instructions of all methods
 * @param literalOctets of the texts and numbers that the code refers to
 */
public record ModuleSize(
    String module, int classes, long fileOctets, long bytecodeOctets, long literalOctets) {

  /** Instructions and literals: what comes nearest to code and constants of a device. */
  public long codeOctets() {
    return bytecodeOctets + literalOctets;
  }

  /** This and {@code other} under the name {@code sum}. */
  ModuleSize plus(ModuleSize other, String sum) {
    return new ModuleSize(
        sum,
        classes + other.classes,
        fileOctets + other.fileOctets,
        bytecodeOctets + other.bytecodeOctets,
        literalOctets + other.literalOctets);
  }
}
