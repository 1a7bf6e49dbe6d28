package dev.moat.cost.verdict;

import static dev.moat.cost.verdict.Level.MUST;
import static dev.moat.cost.verdict.Level.SHOULD;

/**
 * What <em>Requirements for a Lightweight AKE for OSCORE</em> asks of bytes, time and energy. The
 * sections are those of its last version.
 */
public enum Requirement {
  LK_100(SHOULD, "2.11", "as lightweight as reasonably achievable on the three radios"),
  LK_101(SHOULD, "2.11", "measured on an existing CoAP and OSCORE stack"),
  LK_102(SHOULD, "2.11", "messages fit one packet, else as few frames as possible"),
  LK_103(SHOULD, "2.11", "reasonable time, alone and with others at once"),
  LK_104(SHOULD, "2.11", "computation does not dominate the time"),
  LK_105(SHOULD, "2.11", "few round trips before protected data"),
  LK_106(SHOULD, "2.11", "little energy for radio and cryptography"),
  LK_107(SHOULD, "2.11", "little new code on a device that has OSCORE"),
  LK_108(SHOULD, "2.11", "fits tens of kB of RAM and about 100 kB of flash, most of it left"),
  LK_109(MUST, "2.11.1", "keeps the regional duty cycle"),
  LK_110(SHOULD, "2.11.1", "the benchmark packet: 51 octets and a 13-octet header at SF12"),
  LK_111(MUST, "2.11.1", "completes within the burst budget of 36 s an hour"),
  LK_112(MUST, "2.11.1", "uplink time on air of 4 to 6 s at SF12"),
  LK_113(SHOULD, "2.11.1", "few packets for stop-and-wait back-off"),
  LK_114(MUST, "2.11.1", "fewest round trips and packets on LoRaWAN"),
  LK_115(SHOULD, "2.11.2", "47 octets up and 45 down at five hops"),
  LK_116(SHOULD, "2.11.2", "short network formation time"),
  LK_117(SHOULD, "2.11.2", "few round trips over the mesh"),
  LK_118(SHOULD, "2.11.2", "few full frames rather than many small ones"),
  LK_119(MUST, "2.11.3", "few octets on NB-IoT"),
  LK_120(MUST, "2.11.4", "not made for one direction"),
  LK_121(MUST, "2.11.4", "fewest messages: three"),
  LK_122(SHOULD, "2.11.4", "optimum: three messages of one frame each"),
  LK_123(SHOULD, "2.11.4", "the initiator can protect data after message_2"),
  LK_124(SHOULD, "2.11.4", "scenarios are evaluated, criteria are stated"),
  LK_125(MUST, "2.11.4", "optimal for the cases of the initial focus"),
  LK_126(MUST, "2.11.4", "raw public keys by reference: three fragments"),
  LK_127(MUST, "2.11.4", "a key by value or a certificate by reference: five fragments at most"),
  LK_128(SHOULD, "2.11.4", "within the duty cycle with one retransmission"),
  LK_129(SHOULD, "2.11.5", "cheap enough to run again");

  private final Level level;
  private final String section;
  private final String words;

  Requirement(Level level, String section, String words) {
    this.level = level;
    this.section = section;
    this.words = words;
  }

  /** The row of the acceptance table, as {@code LK-112}. */
  public String row() {
    return name().replace('_', '-');
  }

  /** Must or should. */
  public Level level() {
    return level;
  }

  /** The section of the requirements document. */
  public String section() {
    return section;
  }

  /** What is asked, in a few words. */
  public String words() {
    return words;
  }
}
