package dev.moat.cost.conversation;

/** What a datagram belongs to. */
enum Subject {
  /** A handshake, over CoAP or in records. */
  HANDSHAKE,
  /** Protected data. */
  PROTECTED,
  /** CoAP that nothing protects. */
  PLAIN,
  /** Anything else. */
  OPAQUE
}
