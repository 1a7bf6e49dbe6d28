package dev.moat.engine;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.Message;
import dev.moat.coap.option.Option;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.engine.Inbound.Datagram;
import dev.moat.engine.Inbound.Stage;
import dev.moat.engine.reliability.Deadline;
import dev.moat.engine.stream.MessageRoom;
import java.util.List;
import java.util.Optional;

/** Requests of others on connections: each is handed on once and answered once. */
final class StreamServer {
  private final EngineCore core;
  private final StreamLinks links;
  private final StreamSender sender;
  private final StreamSignals signals;
  private final Refusals refusals;
  private int open;
  private boolean closed;

  StreamServer(EngineCore core, StreamLinks links, StreamSender sender, StreamSignals signals) {
    this.core = core;
    this.links = links;
    this.sender = sender;
    this.signals = signals;
    this.refusals = new Refusals(core);
  }

  /** The exchange that was handed on; empty when the request was answered here. */
  Optional<Inbound> onRequest(StreamLink link, Message received, long nowNanos) {
    Message message = received;
    List<Option> critical = List.of();
    if (!core.config.options().understandsAll(received.options())) {
      // From here on every option that is present can be read; what could not is in the list.
      message = core.readable(received);
      critical = core.unprocessable(received);
    }
    Datagram frame =
        new Datagram(link.reader.lastOctets(), false, link.connection.security(), nowNanos);
    Inbound exchange = new Inbound(link.peer(), message, frame, null);
    Optional<Refusals.Refusal> refusal =
        refusals.of(message, critical).or(() -> refusalForRoom(link));
    if (refusal.isPresent()) {
      refuse(link, exchange, refusal.get());
      return Optional.empty();
    }
    open++;
    link.requests.add(exchange);
    setTimer(exchange);
    Request request = exchange.request(core.config.amplification());
    Request roomy = request.withFact(MessageRoom.KEY, link.room(links.rules));
    core.outputs.add(new Output.Arrived(exchange, roomy));
    return Optional.of(exchange);
  }

  /** Sends the answer; a second one is an {@link IllegalStateException}. */
  void respond(Inbound exchange, Response response) {
    if (claim(exchange)) {
      answer(exchange, response);
    }
  }

  /** True when the exchange still waits for its answer; it does no longer then. */
  boolean claim(Inbound exchange) {
    return switch (exchange.stage) {
      case OPEN, ACKNOWLEDGED -> {
        forget(exchange, Stage.ANSWERED);
        yield !closed;
      }
      case ABANDONED -> false; // its connection ended, or its time
      case ANSWERED -> throw new IllegalStateException("this request was answered already");
    };
  }

  /** Sends the answer of a claimed exchange. */
  void answer(Inbound exchange, Response response) {
    StreamLink link = links.find(exchange.peer());
    if (link != null && !Answers.isSuppressed(exchange, response)) {
      transmit(link, exchange.token(), response);
    }
  }

  /** Sends a response; what the peer does not take becomes 5.00. */
  void transmit(StreamLink link, Bytes token, Response response) {
    if (sender.send(link, StreamSender.message(token, response))) {
      return;
    }
    core.emit(new EngineEvent.Unsendable(link.peer(), response.code()));
    var unused =
        sender.send(link, StreamSender.message(token, Response.of(Code.INTERNAL_SERVER_ERROR)));
  }

  /** The connection is gone: answers to come are dropped. */
  void onEnded(StreamLink link) {
    for (Inbound exchange : List.copyOf(link.requests)) {
      exchange.stage = Stage.ABANDONED;
      clear(exchange);
      open--;
    }
    link.requests.clear();
  }

  void close() {
    closed = true;
  }

  int size() {
    return open;
  }

  private Optional<Refusals.Refusal> refusalForRoom(StreamLink link) {
    boolean room =
        open < core.config.limits().openRequests()
            && link.requests.size() < links.rules.limits().openRequests();
    return room ? Optional.empty() : Optional.of(Refusals.busy());
  }

  private void refuse(StreamLink link, Inbound exchange, Refusals.Refusal refusal) {
    Response response = refusal.response();
    core.emit(new EngineEvent.Refused(link.peer(), response.code(), refusal.why()));
    if (!Answers.isSuppressed(exchange, response)) {
      transmit(link, exchange.token(), response);
    }
  }

  private void forget(Inbound exchange, Stage stage) {
    exchange.stage = stage;
    clear(exchange);
    open--;
    StreamLink link = links.findAny(exchange.peer());
    if (link != null) {
      link.requests.remove(exchange);
    }
  }

  private void clear(Inbound exchange) {
    if (exchange.timer != null) {
      core.deadlines.clear(exchange.timer);
    }
  }

  private void setTimer(Inbound exchange) {
    Deadline timer = new AnswerTimer(exchange);
    exchange.timer = timer;
    long lifetimeNanos = core.config.transmission().exchangeLifetimeNanos();
    core.deadlines.set(timer, exchange.arrivedNanos + lifetimeNanos);
  }

  /** Lets go of a request that the application forgets. */
  private final class AnswerTimer extends Deadline {
    private final Inbound exchange;

    private AnswerTimer(Inbound exchange) {
      this.exchange = exchange;
    }

    @Override
    protected void expired(long nowNanos) {
      forget(exchange, Stage.ABANDONED);
      core.emit(new EngineEvent.Abandoned(exchange.peer(), exchange.message.code()));
      StreamLink link = links.find(exchange.peer());
      if (link != null) {
        signals.onAnswered(link); // nothing more will be done for this request
      }
    }
  }
}
