package dev.moat.edhoc.coap.server;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Response;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.coap.EdhocContexts;
import dev.moat.edhoc.coap.EdhocMessages;
import dev.moat.edhoc.coap.HandshakeEvent;
import dev.moat.edhoc.coap.HandshakeException;
import dev.moat.edhoc.message.EdhocError;
import dev.moat.edhoc.session.EdhocSession;
import dev.moat.oscore.context.SecurityContext;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** What all handshakes of a server need, and where their sessions go. */
final class Desk {
  private final EdhocServerConfig config;
  private final RandomSource random;
  private final Supplier<Instant> wallClock;
  private final PeerContexts contexts;
  private final FreshHandshakes fresh;
  private final EventSink events;

  Desk(
      EdhocServerConfig config,
      RandomSource random,
      Supplier<Instant> wallClock,
      PeerContexts contexts,
      FreshHandshakes fresh,
      EventSink events) {
    this.config = config;
    this.random = random;
    this.wallClock = wallClock;
    this.contexts = contexts;
    this.fresh = fresh;
    this.events = events;
  }

  EdhocServerConfig config() {
    return config;
  }

  RandomSource random() {
    return random;
  }

  /** The time by which credentials are valid or not. */
  Instant now() {
    return wallClock.get();
  }

  void emit(HandshakeEvent event) {
    events.emit(event);
  }

  /**
   * Makes the security context of a session and hands the session on.
   *
   * @param sinceNanos when this server sent the last message that the session's keys depend on
   * @return the answer instead, when there is no context
   */
  Optional<Response> establish(EdhocSession session, Origin origin, long sinceNanos) {
    try {
      SecurityContext context = EdhocContexts.establish(session, config.rules());
      Bytes peer = session.peer().identity();
      boolean replaced =
          isAuthenticated(session)
              ? contexts.add(peer, context)
              : contexts.addUnconfirmed(peer, context);
      fresh.completed(context.association(), sinceNanos, origin.nowNanos());
      emit(HandshakeEvent.Completed.of(origin.peer(), session));
      if (replaced) {
        String identity = session.peer().idCred().toString();
        emit(new HandshakeEvent.ContextReplaced(origin.peer(), identity));
      }
      handOn(session, origin);
      return Optional.empty();
    } catch (HandshakeException failure) {
      session.close();
      emit(new HandshakeEvent.NoContext(origin.peer(), failure.reason()));
      Bytes error = new EdhocError.Unspecified(failure.reason().description()).encoded();
      return Optional.of(EdhocMessages.error(EdhocException.Reason.NO_OWN_CREDENTIAL, error));
    }
  }

  /** What the application does with a session does not undo the security context. */
  private void handOn(EdhocSession session, Origin origin) {
    try {
      config.sessions().accept(origin.peer(), session);
    } catch (RuntimeException fault) {
      session.close();
      emit(new HandshakeEvent.SessionNotTaken(origin.peer(), fault.getClass().getName()));
    }
  }

  /**
   * False for an Initiator's with a pre-shared key and no message_4: nothing in message_2 shows who
   * made it (draft-ietf-lake-edhoc-psk, Section 5.4).
   */
  private static boolean isAuthenticated(EdhocSession session) {
    return session.isConfirmed() || session.peer().credential().isPresent();
  }

  /** The answer to a message that is longer than any is taken, read or kept here. */
  Optional<Response> tooLong(Bytes message, Origin origin) {
    int most = config.limits().messageOctets();
    if (message.length() <= most) {
      return Optional.empty();
    }
    emit(new HandshakeEvent.MessageRejected(origin.peer(), EdhocException.Reason.TOO_LONG));
    return Optional.of(
        Response.diagnostic(
                Code.REQUEST_ENTITY_TOO_LARGE,
                "a message of EDHOC has at most " + most + " octets here")
            .with(Option.uint(OptionNumber.SIZE1, most)));
  }

  /** The answer to a message_1 after which there can be no security context. */
  Response refused(Origin origin, HandshakeException.Reason why) {
    emit(new HandshakeEvent.NoContext(origin.peer(), why));
    Bytes error = new EdhocError.Unspecified(why.description()).encoded();
    return EdhocMessages.error(EdhocException.Reason.BAD_CONNECTION_ID, error);
  }

  /** The answer to a message that was refused. */
  Response refused(Origin origin, EdhocException why, Optional<Bytes> errorMessage) {
    emit(new HandshakeEvent.MessageRejected(origin.peer(), why.reason()));
    return errorMessage
        .map(message -> EdhocMessages.error(why.reason(), message))
        .orElseGet(() -> EdhocMessages.error(why.reason()));
  }

  /** The answer to an error message, which is never answered by another (RFC 9528, Section 6). */
  Response heard(Origin origin, Bytes error) {
    emit(new HandshakeEvent.ErrorReceived(origin.peer(), codeOf(error)));
    return EdhocMessages.done();
  }

  /** 0, which nobody may send, for what cannot be read. */
  private static int codeOf(Bytes error) {
    try {
      return EdhocError.decode(error).code();
    } catch (EdhocException unreadable) {
      return 0;
    }
  }
}
