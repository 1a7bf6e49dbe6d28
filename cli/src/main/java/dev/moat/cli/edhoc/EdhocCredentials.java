package dev.moat.cli.edhoc;

import dev.moat.bytes.Bytes;
import dev.moat.cli.entry.Entry;
import dev.moat.cli.keys.CredentialEntries;
import dev.moat.crypto.Primitives;
import dev.moat.crypto.bc.PrimitivesChoice;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Who to be, whom to accept, and how, from credentials files. Closing it erases the private keys
 * and the shared ones.
 */
public final class EdhocCredentials implements AutoCloseable {
  private final Primitives primitives;
  private final List<OwnIdentity> identities;
  private final List<KnownPeer> peers;
  private final Set<Bytes> anchors;
  private final Set<String> subjects;
  private final List<SharedKey> shared;
  private final HandshakePolicy policy;

  private EdhocCredentials(Collector collector) {
    this.primitives = collector.primitives;
    this.identities = List.copyOf(collector.identities);
    this.peers = List.copyOf(collector.peers);
    this.anchors = Set.copyOf(collector.anchors);
    this.subjects = Set.copyOf(collector.subjects);
    this.shared = List.copyOf(collector.shared);
    this.policy = collector.policy;
  }

  private EdhocCredentials(EdhocCredentials other, HandshakePolicy policy) {
    this.primitives = other.primitives;
    this.identities = other.identities;
    this.peers = other.peers;
    this.anchors = other.anchors;
    this.subjects = other.subjects;
    this.shared = other.shared;
    this.policy = policy;
  }

  /** These with another policy; the keys are the same, and are closed with either. */
  EdhocCredentials with(HandshakePolicy other) {
    return new EdhocCredentials(this, other);
  }

  /** What the keys were read with, and work with. */
  Primitives primitives() {
    return primitives;
  }

  /** The own identities, in the order of the files. */
  List<OwnIdentity> identities() {
    return identities;
  }

  /** The credentials that are accepted as they are. */
  List<KnownPeer> peers() {
    return peers;
  }

  /** Certificates in DER of those who certify peers. */
  Set<Bytes> anchors() {
    return anchors;
  }

  /** The names that certified peers may have; empty for any. */
  Set<String> subjects() {
    return subjects;
  }

  /** The keys that both sides have. */
  List<SharedKey> shared() {
    return shared;
  }

  /** How to shake hands. */
  HandshakePolicy policy() {
    return policy;
  }

  @Override
  public void close() {
    identities.forEach(identity -> identity.key().close());
    shared.forEach(one -> one.key().close());
  }

  /** Collects entries. */
  static final class Collector {
    private static final Set<String> MEMBERS =
        Set.of(
            "own-cred",
            "own-cred-style",
            "own-cred-use",
            "own-chain-file",
            CredentialEntries.PRIVATE_KEY,
            "private-key-file",
            "peer-cred",
            "peer-creds",
            "peer-cred-use",
            "peer-subject",
            "peer-subjects",
            "trust-anchors",
            "trust-anchors-file",
            CredentialEntries.PSK);

    private final boolean insecureMode;
    private final Primitives primitives = PrimitivesChoice.best();
    private final List<OwnIdentity> identities = new ArrayList<>();
    private final List<KnownPeer> peers = new ArrayList<>();
    private final Set<Bytes> anchors = new LinkedHashSet<>();
    private final Set<String> subjects = new LinkedHashSet<>();
    private final List<SharedKey> shared = new ArrayList<>();
    private HandshakePolicy policy = HandshakePolicy.usual();

    Collector(boolean insecureMode) {
      this.insecureMode = insecureMode;
    }

    /** Adds what an entry says. */
    void add(Entry entry) {
      Set<String> known = new LinkedHashSet<>(MEMBERS);
      known.addAll(HandshakePolicy.MEMBERS);
      entry.allow(known);
      EntryReader reader = new EntryReader(entry, primitives, insecureMode);
      reader.own().ifPresent(identities::add);
      peers.addAll(reader.peers());
      anchors.addAll(reader.anchors());
      subjects.addAll(reader.subjects());
      reader.shared().ifPresent(shared::add);
      policy = policy.with(entry);
    }

    /** All that was added. */
    EdhocCredentials collect() {
      return new EdhocCredentials(this);
    }
  }
}
