package dev.moat.cli.serve;

import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Reliability;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.engine.resource.ObservableState;
import dev.moat.engine.resource.Resource;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;

/**
 * One observable resource of TD_COAP_OBS: changes with every tick, and may be replaced, given
 * another format, or deleted by clients. What was deleted comes back with the next tick.
 */
final class PlugtestObserve {
  private final String path;
  private final LongFunction<String> contentOfTick;
  private final Reliability reliability;
  private volatile ObservableState state;
  private volatile boolean gone;
  private long tick;

  /**
   * A resource at {@code path}.
   *
   * @param contentOfTick its text after so many ticks
   */
  PlugtestObserve(String path, Reliability reliability, LongFunction<String> contentOfTick) {
    this.reliability = reliability;
    this.path = path;
    this.contentOfTick = contentOfTick;
    this.state = new ObservableState(content(), reliability);
  }

  /** The read-only form: /obs-non, /obs-large, /obs-pumping, /obs-pumping-non. */
  Resource resource(String title) {
    return Resource.at(path)
        .title(title)
        .type("observe")
        .attribute("obs", "")
        .on(Code.GET, request -> CompletableFuture.completedFuture(read(request)));
  }

  /** The form of /obs, which clients may change (TD_COAP_OBS_07 to 09). */
  Resource changeable(String title) {
    return resource(title)
        .notAnActuator(PlugtestCore.HARMLESS)
        .put(this::replace)
        .delete(this::delete);
  }

  /** Time passed: a new text for all observers. Called by the timer thread only. */
  synchronized void tick() {
    tick++;
    if (gone) {
      state = new ObservableState(content(), reliability);
      gone = false;
    } else {
      state.set(content());
    }
  }

  /** Forgets all observers; they are told so by an error (TD_COAP_OBS_04 does it by a reboot). */
  synchronized void forget(Response last) {
    ObservableState before = state;
    state = new ObservableState(before.current(), reliability);
    before.end(last);
  }

  private Reply read(Request request) {
    return gone
        ? Reply.of(Response.diagnostic(Code.NOT_FOUND, "deleted; back with the next tick"))
        : state.reply(request);
  }

  /**
   * TD_COAP_OBS_09, and OBS_08 when the format changes: then observers get 4.06 (RFC 7641, Section
   * 4.2).
   */
  private synchronized Response replace(Request request) {
    Response next = withMaxAge(Bodies.content(request.payload(), Bodies.format(request)));
    ObservableState before = state;
    long formatBefore = before.current().options().contentFormat().orElse(Formats.TEXT);
    if (formatBefore == Bodies.format(request)) {
      before.set(next);
    } else {
      state = new ObservableState(next, reliability);
      before.end(Response.of(Code.NOT_ACCEPTABLE));
    }
    return Response.of(Code.CHANGED);
  }

  /** TD_COAP_OBS_07. */
  private synchronized Response delete(Request request) {
    gone = true;
    state.end(Response.of(Code.NOT_FOUND));
    return Response.of(Code.DELETED);
  }

  private Response content() {
    return withMaxAge(Bodies.text(contentOfTick.apply(tick)));
  }

  private static Response withMaxAge(Response response) {
    return response.with(Option.uint(OptionNumber.MAX_AGE, PlugtestResources.PERIOD.toSeconds()));
  }
}
