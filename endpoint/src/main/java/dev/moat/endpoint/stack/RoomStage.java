package dev.moat.endpoint.stack;

import dev.moat.coap.service.Filter;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Service;
import dev.moat.engine.stream.MessageRoom;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Client: leaves behind what one message on the request's connection can hold. A request with a
 * long body waits until the peer has said it, lest the whole transfer goes in the smallest blocks.
 */
final class RoomStage implements Filter<Request, Outcome> {
  private static final int LONG_BODY_OCTETS = 1024;

  private final PeerRooms rooms;

  RoomStage(PeerRooms rooms) {
    this.rooms = rooms;
  }

  @Override
  public CompletionStage<Outcome> handle(Request request, Service<Request, Outcome> next) {
    boolean patient =
        request.payload().length() > LONG_BODY_OCTETS && rooms.isToCome(request.peer());
    return patient
        ? rooms.known(request.peer()).thenCompose(known -> next.handle(roomy(request)))
        : next.handle(roomy(request));
  }

  private Request roomy(Request request) {
    Optional<MessageRoom> room = rooms.room(request.peer());
    return room.isPresent() ? request.withFact(MessageRoom.KEY, room.get()) : request;
  }
}
