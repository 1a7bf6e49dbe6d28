package dev.moat.endpoint.stack;

import dev.moat.coap.service.Filter;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Service;
import dev.moat.engine.stream.MessageRoom;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Client: leaves behind what one message on the request's connection can hold. */
final class RoomStage implements Filter<Request, Outcome> {
  private final Function<Peer, Optional<MessageRoom>> rooms;

  RoomStage(Function<Peer, Optional<MessageRoom>> rooms) {
    this.rooms = rooms;
  }

  @Override
  public CompletionStage<Outcome> handle(Request request, Service<Request, Outcome> next) {
    Optional<MessageRoom> room = rooms.apply(request.peer());
    return next.handle(room.isPresent() ? request.withFact(MessageRoom.KEY, room.get()) : request);
  }
}
