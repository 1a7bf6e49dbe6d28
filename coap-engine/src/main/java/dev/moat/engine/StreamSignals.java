package dev.moat.engine;

import dev.moat.bytes.Bytes;
import dev.moat.coap.signal.Signal;
import dev.moat.engine.StreamLink.Stage;
import dev.moat.engine.StreamTimers.Purpose;
import dev.moat.engine.stream.ConnectionEvent;
import dev.moat.engine.stream.PeerText;
import java.util.List;
import java.util.Optional;

/** What signalling messages do to a connection (RFC 8323, Section 5). */
final class StreamSignals {
  private static final int MAX_CUSTODY = 16;

  private final EngineCore core;
  private final StreamLinks links;
  private final StreamSender sender;
  private final StreamPings pings;

  StreamSignals(EngineCore core, StreamLinks links, StreamSender sender, StreamPings pings) {
    this.core = core;
    this.links = links;
    this.sender = sender;
    this.pings = pings;
  }

  /** Takes a signal that came with {@code token}. */
  void on(StreamLink link, Signal signal, Bytes token, long nowNanos) {
    var unused = signal.match(new Effect(link, token, nowNanos));
  }

  /** Answers the Pings whose requests have been answered meanwhile. */
  void onAnswered(StreamLink link) {
    while (!link.custody.isEmpty() && isProcessed(link, link.custody.element())) {
      sender.signal(link, new Signal.Pong(true), link.custody.remove().token());
    }
  }

  /** Asks the peer to close the connection, and leaves it to him (RFC 8323, Section 5.5). */
  void release(StreamLink link, long nowNanos) {
    if (link.stage == Stage.OPEN) {
      core.events.emit(new ConnectionEvent.Released(link.peer()));
      sender.signal(link, Signal.Release.because(""), Bytes.empty());
      part(link, "this endpoint released the connection", nowNanos);
    }
  }

  /** Nothing new begins on the connection. */
  private void part(StreamLink link, String why, long nowNanos) {
    // Only the first Release sets the time: further ones must not put the end off.
    if (!StreamLinks.isOpen(link) || link.stage == Stage.RELEASED) {
      return;
    }
    link.stage = Stage.RELEASED;
    link.goodbye = Optional.of(why);
    link.timers.set(Purpose.GOODBYE, nowNanos + links.rules.patience().goodbyeNanos());
  }

  private static boolean isProcessed(StreamLink link, Custody ping) {
    return ping.before.stream().noneMatch(link.requests::contains);
  }

  /** A Ping with Custody: the requests that came before it and were not answered then. */
  record Custody(Bytes token, List<Inbound> before) {}

  private final class Effect implements Signal.Cases<Stage> {
    private final StreamLink link;
    private final Bytes token;
    private final long nowNanos;

    private Effect(StreamLink link, Bytes token, long nowNanos) {
      this.link = link;
      this.token = token;
      this.nowNanos = nowNanos;
    }

    @Override
    public Stage csm(Signal.Csm csm) {
      link.capabilities = link.capabilities.updatedBy(csm);
      if (links.awaitingCsm.remove(link)) {
        link.timers.clear(Purpose.CSM);
        core.events.emit(new ConnectionEvent.Established(link.peer(), link.capabilities));
      }
      return link.stage;
    }

    /** RFC 8323, Section 5.4.1: with Custody when everything before has been processed. */
    @Override
    public Stage ping(Signal.Ping ping) {
      if (!ping.custody() || link.custody.size() >= MAX_CUSTODY) {
        sender.signal(link, new Signal.Pong(false), token);
      } else {
        link.custody.add(new Custody(token, List.copyOf(link.requests)));
        onAnswered(link);
      }
      return link.stage;
    }

    @Override
    public Stage pong(Signal.Pong pong) {
      pings.onPong(link, token, nowNanos);
      return link.stage;
    }

    @Override
    public Stage release(Signal.Release release) {
      String sentence = PeerText.of(release);
      core.events.emit(new ConnectionEvent.ReleasedByPeer(link.peer(), sentence));
      part(link, sentence, nowNanos);
      links.released.add(link);
      return link.stage;
    }

    @Override
    public Stage abort(Signal.Abort abort) {
      core.events.emit(new ConnectionEvent.AbortedByPeer(link.peer(), abort.diagnostic()));
      links.doom(link, "the peer aborted the connection");
      return link.stage;
    }
  }
}
