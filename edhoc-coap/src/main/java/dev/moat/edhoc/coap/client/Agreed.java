package dev.moat.edhoc.coap.client;

import dev.moat.bytes.Bytes;
import dev.moat.edhoc.message.ConnectionId;
import dev.moat.edhoc.session.EdhocSession;
import java.util.Optional;

/**
 * What a run came to.
 *
 * @param session the session
 * @param ownId the own connection identifier, still reserved
 * @param message3 when the server does not have it yet
 */
record Agreed(EdhocSession session, ConnectionId ownId, Optional<Bytes> message3) {}
