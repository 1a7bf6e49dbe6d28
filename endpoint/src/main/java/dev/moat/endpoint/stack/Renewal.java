package dev.moat.endpoint.stack;

import dev.moat.coap.message.Code;
import dev.moat.coap.service.Context;
import dev.moat.coap.service.Notifications;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Response;

/**
 * Gives the newest state of a protected observation once more, from inside of the stage that
 * protects it: the same ciphertext twice would be a replay, which no observer acknowledges. Owned
 * by the stack; one for each request.
 */
final class Renewal {
  /** Where the stage inside of the protection looks for it. */
  static final Context.Key<Renewal> KEY = new Context.Key<>("renewal");

  /** For what needs none. */
  static final Renewal NONE = new Renewal();

  private Response newest = Response.of(Code.SERVICE_UNAVAILABLE);
  private Runnable push = () -> {};

  /** Sends the newest state again, protected anew. */
  void renew() {
    push.run();
  }

  /** The same reply, whose states are remembered. */
  Reply watch(Reply reply) {
    if (!(reply instanceof Reply.Observed observed)) {
      return reply;
    }
    newest = observed.first();
    return new Reply.Observed(observed.first(), new Watched(observed.notifications()));
  }

  private final class Watched implements Notifications {
    private final Notifications source;

    Watched(Notifications source) {
      this.source = source;
    }

    @Override
    public void subscribe(Listener listener) {
      push = () -> listener.onNotification(newest);
      source.subscribe(
          new Listener() {
            @Override
            public void onNotification(Response notification) {
              newest = notification;
              listener.onNotification(notification);
            }

            @Override
            public void onEnd(End reason) {
              push = () -> {};
              listener.onEnd(reason);
            }
          });
    }

    @Override
    public void cancel() {
      push = () -> {};
      source.cancel();
    }

    @Override
    public boolean isConfirmable() {
      return source.isConfirmable();
    }
  }
}
