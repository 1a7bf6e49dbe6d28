package dev.moat.edhoc.run;

import dev.moat.bytes.CanIgnoreReturnValue;
import dev.moat.cose.credential.Credential;
import dev.moat.cose.credential.CredentialStore;
import dev.moat.cose.credential.Resolution;
import dev.moat.crypto.Primitives;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.auth.Identity;
import dev.moat.edhoc.auth.KeyUse;
import dev.moat.edhoc.auth.Terms;
import dev.moat.edhoc.message.SuitesField;
import dev.moat.edhoc.suite.AuthenticationKind;
import dev.moat.edhoc.suite.CipherSuite;
import dev.moat.edhoc.suite.Method;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The application profile (RFC 9528, Section 3.9): what an endpoint supports, who it is, and whom
 * it talks to. Immutable; may be shared among runs of both roles and among threads. The private
 * keys stay their owners' to close.
 */
public final class EdhocSettings {
  private final Primitives primitives;
  private final List<CipherSuite> suites;
  private final Set<Method> methods;
  private final List<Identity> identities;
  private final PskStore psks;
  private final CredentialStore peers;
  private final IdentityPolicy identityPolicy;
  private final EadPolicy eadPolicy;
  private final KeyUse use;
  private final boolean message4;
  private final int paddingMultiple;
  private final GreaseUse grease;

  private EdhocSettings(Builder builder) {
    this.primitives = builder.primitives;
    this.suites = builder.suites;
    this.methods = builder.methods;
    this.identities = builder.identities;
    this.psks = builder.psks;
    this.peers = builder.peers;
    this.identityPolicy = builder.identityPolicy;
    this.eadPolicy = builder.eadPolicy;
    this.use = builder.use;
    this.message4 = builder.message4;
    this.paddingMultiple = builder.paddingMultiple;
    this.grease = builder.grease;
  }

  /**
   * Starts with no identity, no peer that is trusted, and keys for OSCORE without message_4.
   *
   * @param suites the supported suites, the most preferred first
   * @param methods the methods to accept as Responder and to offer as Initiator
   * @throws IllegalArgumentException when there is no suite or no method, or a suite twice
   */
  public static Builder builder(
      Primitives primitives, List<CipherSuite> suites, Set<Method> methods) {
    return new Builder(primitives, suites, methods);
  }

  /** Who computes. */
  public Primitives primitives() {
    return primitives;
  }

  /** The supported suites, the most preferred first. */
  public List<CipherSuite> suites() {
    return suites;
  }

  /** The methods. */
  public Set<Method> methods() {
    return methods;
  }

  /** The own identities. */
  public List<Identity> identities() {
    return identities;
  }

  /** The pre-shared keys. */
  public PskStore psks() {
    return psks;
  }

  /** Where credentials of peers are found and judged. */
  public CredentialStore peers() {
    return peers;
  }

  /** With whom to talk. */
  public IdentityPolicy identityPolicy() {
    return identityPolicy;
  }

  /** What to do with external authorization data. */
  public EadPolicy eadPolicy() {
    return eadPolicy;
  }

  /** What the keys are for. */
  public KeyUse use() {
    return use;
  }

  /** True when the Responder sends message_4 and the Initiator waits for it (Section 5.5). */
  public boolean usesMessage4() {
    return message4;
  }

  /** Messages are padded to a multiple of this many octets; 1 for no padding. */
  public int paddingMultiple() {
    return paddingMultiple;
  }

  /** Whether to send meaningless items and suites. */
  public GreaseUse grease() {
    return grease;
  }

  /** The first identity that fits. */
  public Optional<Identity> identityFor(AuthenticationKind kind, CipherSuite suite) {
    return identities.stream().filter(identity -> identity.fits(kind, suite)).findFirst();
  }

  boolean isOwn(Credential credential) {
    return identities.stream().anyMatch(identity -> identity.isOf(credential));
  }

  /**
   * These settings with the suites alone that can be used with {@code method} in {@code role}:
   * without those for which there is no own key. To a peer they are as good as not supported, and
   * one that found them in SUITES_I would demand the first that it has (Section 5.2.3). The same
   * settings where no suite is left.
   */
  public EdhocSettings usableFor(Method method, Role role) {
    List<CipherSuite> usable = suitesFor(method, role);
    return usable.isEmpty() || usable.size() == suites.size()
        ? this
        : new EdhocSettings(new Builder(this, usable));
  }

  List<CipherSuite> suitesFor(Method method, Role role) {
    return suites.stream().filter(suite -> hasKeyFor(method, role, suite)).toList();
  }

  private boolean hasKeyFor(Method method, Role role, CipherSuite suite) {
    if (method == Method.PSK) {
      // As Responder the Initiator's message_3 says which key it is.
      return role == Role.RESPONDER || psks.toPresent(suite.hash()).isPresent();
    }
    return identityFor(method.of(role), suite).isPresent();
  }

  SuitesField suitesR() {
    return new SuitesField(suites.stream().map(CipherSuite::value).toList());
  }

  Terms terms(Method method, CipherSuite suite) {
    return new Terms(primitives, method, suite, use);
  }

  /** Collects settings. Owned by one thread. */
  public static final class Builder {
    private final Primitives primitives;
    private final List<CipherSuite> suites;
    private final Set<Method> methods;
    private List<Identity> identities = List.of();
    private PskStore psks = PskStore.of();
    private CredentialStore peers = (claimed, now) -> new Resolution.Unknown();
    private IdentityPolicy identityPolicy = IdentityPolicy.everyTrusted();
    private EadPolicy eadPolicy = EadPolicy.none();
    private KeyUse use = KeyUse.OSCORE;
    private boolean message4;
    private int paddingMultiple = 1;
    private GreaseUse grease = GreaseUse.NEVER;

    private Builder(Primitives primitives, List<CipherSuite> suites, Set<Method> methods) {
      this.primitives = primitives;
      this.suites = List.copyOf(suites);
      this.methods = Set.copyOf(methods);
      boolean repeated = this.suites.stream().distinct().count() < this.suites.size();
      if (this.suites.isEmpty() || this.methods.isEmpty() || repeated) {
        throw new IllegalArgumentException("one suite and one method or more, each once");
      }
    }

    private Builder(EdhocSettings other, List<CipherSuite> suites) {
      this(other.primitives, suites, other.methods);
      this.identities = other.identities;
      this.psks = other.psks;
      this.peers = other.peers;
      this.identityPolicy = other.identityPolicy;
      this.eadPolicy = other.eadPolicy;
      this.use = other.use;
      this.message4 = other.message4;
      this.paddingMultiple = other.paddingMultiple;
      this.grease = other.grease;
    }

    /** Who to be: for every session the first identity that fits method and suite. */
    @CanIgnoreReturnValue
    public Builder identities(Identity... own) {
      this.identities = List.of(own);
      return this;
    }

    /** The pre-shared keys, for method 4. */
    @CanIgnoreReturnValue
    public Builder psks(PskStore store) {
      this.psks = store;
      return this;
    }

    /** Where credentials of peers are found and judged; without it no peer is known. */
    @CanIgnoreReturnValue
    public Builder peers(CredentialStore store) {
      this.peers = store;
      return this;
    }

    /** With whom to talk of those whom the store trusts; without it all of them. */
    @CanIgnoreReturnValue
    public Builder identityPolicy(IdentityPolicy policy) {
      this.identityPolicy = policy;
      return this;
    }

    /** What to do with external authorization data. */
    @CanIgnoreReturnValue
    public Builder eadPolicy(EadPolicy policy) {
      this.eadPolicy = policy;
      return this;
    }

    /** What the keys are for; without it OSCORE. */
    @CanIgnoreReturnValue
    public Builder use(KeyUse keyUse) {
      this.use = keyUse;
      return this;
    }

    /** Sends message_4 as Responder and waits for it as Initiator (Section 5.5). */
    @CanIgnoreReturnValue
    public Builder message4() {
      this.message4 = true;
      return this;
    }

    /**
     * Pads message_1 and the plaintexts of the others (Section 3.8.1).
     *
     * @param multiple their lengths become a multiple of this many octets
     * @throws IllegalArgumentException when it is not positive
     */
    @CanIgnoreReturnValue
    public Builder padding(int multiple) {
      if (multiple < 1) {
        throw new IllegalArgumentException("a length is a multiple of 1 or more: " + multiple);
      }
      this.paddingMultiple = multiple;
      return this;
    }

    /** Sends meaningless items and suites. */
    @CanIgnoreReturnValue
    public Builder grease(GreaseUse greaseUse) {
      this.grease = greaseUse;
      return this;
    }

    /** The settings. */
    public EdhocSettings build() {
      return new EdhocSettings(this);
    }
  }
}
