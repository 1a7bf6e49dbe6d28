package dev.moat.engine;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.Peer;
import dev.moat.engine.table.PeerEntry;
import dev.moat.engine.table.PeerTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The relations of one engine, by address: bounded in total and for each address, whatever its
 * ports and tokens.
 */
final class Observers {
  private final int capacity;
  private final int capacityPerAddress;
  private final PeerTable<AtAddress> table;
  private int size;

  Observers(EngineLimits limits, long seed) {
    capacity = limits.observations();
    capacityPerAddress = limits.observationsPerAddress();
    table = new PeerTable<>(seed);
  }

  /** The relation of this endpoint and token (RFC 7641, Section 4.1). */
  Optional<Observation> find(Peer peer, Bytes token) {
    AtAddress there = table.find(address(peer));
    if (there == null) {
      return Optional.empty();
    }
    for (Observation o : there.observations) {
      if (o.peer().equals(peer) && o.token().equals(token)) {
        return Optional.of(o);
      }
    }
    return Optional.empty();
  }

  /** True when one more relation may be added. */
  boolean hasRoom(Peer peer) {
    AtAddress there = table.find(address(peer));
    return size < capacity && (there == null || there.observations.size() < capacityPerAddress);
  }

  void add(Observation observation) {
    Peer address = address(observation.peer());
    AtAddress there = table.find(address);
    if (there == null) {
      there = new AtAddress(address);
      table.add(there);
    }
    there.observations.add(observation);
    size++;
  }

  void remove(Observation observation) {
    AtAddress there = table.find(address(observation.peer()));
    if (there == null || !there.observations.remove(observation)) {
      return;
    }
    size--;
    if (there.observations.isEmpty()) {
      table.remove(there);
    }
  }

  /** The relations of one peer. */
  List<Observation> of(Peer peer) {
    AtAddress there = table.find(address(peer));
    return there == null
        ? List.of()
        : there.observations.stream().filter(o -> o.peer().equals(peer)).toList();
  }

  /** Removes all relations and gives them, those of one address together. */
  List<Observation> removeAll() {
    List<Observation> all = new ArrayList<>(size);
    for (AtAddress a = table.oldest(); a != null; a = table.oldest()) {
      all.addAll(a.observations);
      table.remove(a);
    }
    size = 0;
    return all;
  }

  int size() {
    return size;
  }

  private static Peer address(Peer peer) {
    return new Peer(peer.high(), peer.low(), 0, peer.scopeId(), 0);
  }

  private static final class AtAddress extends PeerEntry {
    private final List<Observation> observations = new ArrayList<>(1);

    private AtAddress(Peer address) {
      super(address);
    }
  }
}
