package dev.moat.endpoint;

import dev.moat.bytes.RandomSource;
import dev.moat.coap.service.EventSink;
import dev.moat.endpoint.stack.LoopGate;
import dev.moat.endpoint.stack.Stack;
import dev.moat.endpoint.stack.StackConfig;
import dev.moat.endpoint.stack.StreamStack;
import dev.moat.engine.resource.Router;

/**
 * Makes the stack of each loop. All of them share the configuration, and with it the OSCORE
 * contexts, and the resources; each has tables of its own.
 */
record Stacks(StackConfig config, Router router, RandomSource random, EventSink events) {
  /** For a loop of datagrams, protected or not. */
  Stack datagrams(LoopGate gate) {
    return Stack.of(config, router, gate, random, events);
  }

  /** For a loop of connections. */
  StreamStack streams(LoopGate gate) {
    return StreamStack.of(config, router, gate, random, events);
  }
}
