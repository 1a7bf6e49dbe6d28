package dev.moat.coap.service;

import java.util.function.UnaryOperator;

/**
 * The notifications of one observation (RFC 7641): pushed to one listener on the event loop that
 * owns the pipeline.
 *
 * <p>After {@link Listener#onEnd} nothing is pushed any more; after {@link #cancel()} only an
 * {@code onEnd} with {@link End#CANCELLED} may still come.
 */
public interface Notifications {
  /**
   * Starts the flow; notifications that came before are given at once, newest only.
   *
   * @throws IllegalStateException on a second call
   */
  void subscribe(Listener listener);

  /** Ends the observation from the listening side; a second call does nothing. */
  void cancel();

  /**
   * True when every notification should ask for an acknowledgement; otherwise the endpoint's policy
   * decides which do (RFC 7641, Section 4.5).
   */
  default boolean isConfirmable() {
    return false;
  }

  /** These notifications, each changed by {@code change}. */
  default Notifications map(UnaryOperator<Response> change) {
    Notifications source = this;
    return new Notifications() {
      @Override
      public void subscribe(Listener listener) {
        source.subscribe(
            new Listener() {
              @Override
              public void onNotification(Response notification) {
                listener.onNotification(change.apply(notification));
              }

              @Override
              public void onEnd(End reason) {
                listener.onEnd(reason);
              }
            });
      }

      @Override
      public void cancel() {
        source.cancel();
      }

      @Override
      public boolean isConfirmable() {
        return source.isConfirmable();
      }
    };
  }

  /** Receives notifications. */
  interface Listener {
    /** The state of the resource changed. */
    void onNotification(Response notification);

    /** Nothing follows. */
    void onEnd(End reason);
  }

  /** Why an observation ended. */
  enum End {
    /** The observer deregistered or cancelled. */
    CANCELLED,
    /** The observer answered a notification with Reset (RFC 7641, Section 3.6). */
    RESET,
    /** A confirmable notification was never acknowledged (RFC 7641, Section 4.5). */
    SILENT,
    /** The resource is gone or answered with an error (RFC 7641, Section 4.2). */
    RESOURCE_ENDED,
    /** The same observer registered again under the same token. */
    REPLACED,
    /** The connection or security association that it ran over ended. */
    CONNECTION_LOST,
    /** A limit of this endpoint was reached, or it closes. */
    EVICTED
  }
}
