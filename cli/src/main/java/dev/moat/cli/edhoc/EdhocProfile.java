package dev.moat.cli.edhoc;

import dev.moat.bytes.Bytes;
import dev.moat.cli.console.Failure;
import dev.moat.cose.credential.Credential;
import dev.moat.cose.credential.CredentialStore;
import dev.moat.cose.credential.CredentialStores;
import dev.moat.cose.credential.PinnedCredentials;
import dev.moat.cose.credential.Resolution;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.auth.Identity;
import dev.moat.edhoc.coap.EdhocContexts;
import dev.moat.edhoc.psk.PskCredential;
import dev.moat.edhoc.run.EdhocSettings;
import dev.moat.edhoc.run.GreaseUse;
import dev.moat.edhoc.run.IdentityPolicy;
import dev.moat.edhoc.run.PskStore;
import dev.moat.edhoc.suite.AuthenticationKind;
import dev.moat.edhoc.suite.CipherSuite;
import dev.moat.edhoc.suite.CipherSuites;
import dev.moat.edhoc.suite.EdhocHash;
import dev.moat.edhoc.suite.Method;
import dev.moat.pki.CertificateTrust;
import dev.moat.pki.MalformedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Credentials as the protocol takes them. Closing it erases the prepared keys; the credentials stay
 * their owner's to close.
 */
public final class EdhocProfile implements AutoCloseable {
  /** The suites that every implementation has come first (RFC 9528, Section 8). */
  private static final List<Integer> PREFERENCE = List.of(2, 0, 3, 1, 5, 4, 6, 24, 25);

  /**
   * The methods with the shortest messages come first; a shared key only when nothing else fits.
   */
  private static final List<Method> SHORTEST =
      List.of(Method.DH_DH, Method.SIGN_DH, Method.DH_SIGN, Method.SIGN_SIGN, Method.PSK);

  private final EdhocCredentials credentials;
  private final List<OpenedIdentity> identities;
  private final List<PskCredential> shared = new ArrayList<>();

  private EdhocProfile(EdhocCredentials credentials) {
    this.credentials = credentials;
    this.identities =
        credentials.identities().stream()
            .map(own -> OpenedIdentity.of(own, credentials.primitives().curves()))
            .toList();
  }

  /** Prepares the keys. */
  public static EdhocProfile of(EdhocCredentials credentials) {
    return new EdhocProfile(credentials);
  }

  /**
   * The settings for sessions in which the own role is {@code role}.
   *
   * @throws Failure when there is nobody to be or nobody to talk to
   */
  public EdhocSettings settings(Role role) {
    if (identities.isEmpty() && credentials.shared().isEmpty()) {
      throw Failure.usage(
          "the credentials have no own identity",
          "Add the secret file that 'moat keygen NAME' wrote.");
    }
    boolean anyPeer = !credentials.peers().isEmpty() || !credentials.anchors().isEmpty();
    if (!anyPeer && credentials.shared().isEmpty()) {
      throw Failure.usage(
          "the credentials have no peer", "Add the public file that the peer's keygen wrote.");
    }
    HandshakePolicy policy = credentials.policy();
    EdhocSettings.Builder builder =
        EdhocSettings.builder(credentials.primitives(), suites(role), methods(role))
            .identities(identities.stream().map(OpenedIdentity::identity).toArray(Identity[]::new))
            .psks(psks(role))
            .peers(CredentialStores.anyOf(pinned(), certified()))
            .identityPolicy(identityPolicy())
            .padding(policy.padding())
            .grease(policy.grease() ? GreaseUse.SOMETIMES : GreaseUse.NEVER);
    return policy.message4() ? builder.message4().build() : builder.build();
  }

  /** Whether message_3 goes with the first request; empty to leave it to the client. */
  public Optional<Boolean> combined() {
    return credentials.policy().combined();
  }

  /**
   * The method to initiate with: the first of the policy, else the one with the shortest messages
   * that the keys of both sides allow.
   *
   * @throws Failure when they allow none
   */
  public Method method() {
    List<Method> asked = credentials.policy().methods();
    return (asked.isEmpty() ? SHORTEST : asked)
        .stream()
            .filter(method -> owns(method.of(Role.INITIATOR)) && knows(method.of(Role.RESPONDER)))
            .findFirst()
            .orElseThrow(
                () ->
                    Failure.usage(
                        "no method fits the own keys and those of the peers"
                            + (asked.isEmpty() ? "" : ", of " + numbers(asked)),
                        "Compare own-cred-use and peer-cred-use with the method."));
  }

  private static String numbers(List<Method> methods) {
    return methods.stream()
        .map(method -> Integer.toString(method.value()))
        .collect(Collectors.joining(", "));
  }

  private boolean owns(AuthenticationKind kind) {
    boolean psk = kind == AuthenticationKind.PSK && !credentials.shared().isEmpty();
    return psk || identities.stream().anyMatch(one -> one.identity().kind() == kind);
  }

  /** What certified peers have is not known; most certificates are for signatures. */
  private boolean knows(AuthenticationKind kind) {
    boolean certified = kind == AuthenticationKind.SIGNATURE && !credentials.anchors().isEmpty();
    return certified
        || credentials.peers().stream().anyMatch(peer -> peer.use() == kind)
        || (kind == AuthenticationKind.PSK && !credentials.shared().isEmpty());
  }

  private Set<Method> methods(Role role) {
    List<Method> asked = credentials.policy().methods();
    Set<Method> possible =
        (asked.isEmpty() ? Arrays.asList(Method.values()) : asked)
            .stream().filter(method -> owns(method.of(role))).collect(Collectors.toSet());
    if (possible.isEmpty()) {
      throw Failure.usage(
          "the own keys fit none of the methods " + numbers(asked),
          "Compare own-cred-use with the method.");
    }
    return possible;
  }

  private List<CipherSuite> suites(Role role) {
    List<CipherSuite> asked = credentials.policy().suites();
    List<CipherSuite> all =
        asked.isEmpty()
            ? PREFERENCE.stream()
                .map(CipherSuites.standard()::require)
                .filter(EdhocContexts::isUsable)
                .toList()
            : asked;
    List<CipherSuite> possible = all.stream().filter(this::hasKeyFor).toList();
    if (possible.isEmpty()) {
      throw Failure.usage(
          "no cipher suite fits the keys of the " + role.name().toLowerCase(Locale.ROOT),
          "Suites 2, 3 and 5 take P-256; 0, 1 and 4 X25519 and Ed25519; 24 P-384; 25 X448 and"
              + " Ed448.");
    }
    return possible;
  }

  private boolean hasKeyFor(CipherSuite suite) {
    boolean psk = !credentials.shared().isEmpty() && suite.hash() == hashOfShared();
    return psk
        || identities.stream()
            .map(OpenedIdentity::identity)
            .anyMatch(identity -> identity.fits(identity.kind(), suite));
  }

  /** A shared key is for one hash only (draft-ietf-lake-edhoc-psk, 9.5): the preferred suite's. */
  private EdhocHash hashOfShared() {
    List<CipherSuite> asked = credentials.policy().suites();
    return asked.isEmpty() ? EdhocHash.SHA_256 : asked.get(0).hash();
  }

  private PskStore psks(Role role) {
    List<PskCredential> keys =
        credentials.shared().stream().map(one -> one.of(role, hashOfShared())).toList();
    shared.addAll(keys);
    return PskStore.of(keys.toArray(PskCredential[]::new));
  }

  private CredentialStore certified() {
    if (credentials.anchors().isEmpty()) {
      return (claimed, now) -> new Resolution.Unknown();
    }
    CertificateTrust.Builder builder =
        CertificateTrust.builder(credentials.primitives().symmetric());
    try {
      for (Bytes anchor : credentials.anchors()) {
        builder.anchor(anchor);
      }
      return builder.build();
    } catch (MalformedException e) {
      throw Failure.usage(
          "a trust anchor is unusable: " + e.what(), "Give the authority's certificate in DER.");
    }
  }

  private PinnedCredentials pinned() {
    return PinnedCredentials.of(
        credentials.primitives().symmetric(),
        credentials.peers().stream().map(KnownPeer::credential).toArray(Credential[]::new));
  }

  private IdentityPolicy identityPolicy() {
    if (credentials.subjects().isEmpty()) {
      return IdentityPolicy.everyTrusted();
    }
    Set<Credential> pinned =
        credentials.peers().stream().map(KnownPeer::credential).collect(Collectors.toSet());
    IdentityPolicy named = IdentityPolicy.subjects(credentials.subjects().toArray(String[]::new));
    return claimed ->
        claimed.credential().isEmpty()
            || claimed.credential().filter(pinned::contains).isPresent()
            || named.allows(claimed);
  }

  @Override
  public void close() {
    identities.forEach(OpenedIdentity::close);
    shared.forEach(PskCredential::close);
  }
}
