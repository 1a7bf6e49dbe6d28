package dev.moat.edhoc.run;

/** Which message external authorization data stands in (RFC 9528, Section 3.8). */
public enum EadField {
  /** In message_1: readable and changeable by everyone until message_2 is verified. */
  EAD_1,
  /** In message_2: hidden from who only listens. */
  EAD_2,
  /** In message_3: hidden from everyone but the authenticated Responder. */
  EAD_3,
  /** In message_4. */
  EAD_4
}
