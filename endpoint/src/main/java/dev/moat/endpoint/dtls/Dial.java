package dev.moat.endpoint.dtls;

import dev.moat.coap.service.Peer;
import dev.moat.endpoint.credentials.HandshakeFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/** One handshake that this side began, and everyone who waits for it. */
record Dial(String host, Future<?> patience, List<CompletableFuture<Peer>> waiting) {
  Dial(String host, Future<?> patience) {
    this(host, patience, new ArrayList<>());
  }

  void completed(Peer peer) {
    patience.cancel(false);
    waiting.forEach(result -> result.complete(peer));
  }

  void failed(HandshakeFailure failure) {
    patience.cancel(false);
    waiting.forEach(result -> result.completeExceptionally(failure));
  }
}
