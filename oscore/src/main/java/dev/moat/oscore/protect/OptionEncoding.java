package dev.moat.oscore.protect;

import dev.moat.bytes.Bytes;
import dev.moat.oscore.option.OscoreOption;

/** Writes the OSCORE option's value: {@link OscoreOption#encode} unless an extension adds to it. */
@FunctionalInterface
public interface OptionEncoding {
  /** The value for the wire. */
  Bytes encode(OscoreOption option);
}
