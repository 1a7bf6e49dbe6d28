package dev.moat.edhoc.run;

import dev.moat.edhoc.message.ConnectionId;

/** Gives out connection identifiers for the Responder (RFC 9528, Section 3.3.1). */
@FunctionalInterface
public interface ConnectionIds {
  /**
   * An identifier that no live session of this endpoint has, and that is not {@code cI}: for OSCORE
   * both become Recipient IDs, which differ (Section 3.3.3).
   */
  ConnectionId choose(ConnectionId cI);
}
