package dev.moat.edhoc.suite;

import dev.moat.edhoc.Role;
import java.util.Optional;

/** The authentication methods (RFC 9528, Section 3.2; draft-ietf-lake-edhoc-psk). */
public enum Method {
  /** Both sign. */
  SIGN_SIGN(0, AuthenticationKind.SIGNATURE, AuthenticationKind.SIGNATURE),
  /** The initiator signs, the responder uses static Diffie-Hellman. */
  SIGN_DH(1, AuthenticationKind.SIGNATURE, AuthenticationKind.STATIC_DH),
  /** The initiator uses static Diffie-Hellman, the responder signs. */
  DH_SIGN(2, AuthenticationKind.STATIC_DH, AuthenticationKind.SIGNATURE),
  /** Both use static Diffie-Hellman. */
  DH_DH(3, AuthenticationKind.STATIC_DH, AuthenticationKind.STATIC_DH),
  /**
   * Both use a pre-shared key. Not resistant to key-compromise impersonation: who learns the key
   * can impersonate either side to the other (draft-ietf-lake-edhoc-psk, Section 9.3).
   */
  PSK(4, AuthenticationKind.PSK, AuthenticationKind.PSK);

  private final int value;
  private final AuthenticationKind initiator;
  private final AuthenticationKind responder;

  Method(int value, AuthenticationKind initiator, AuthenticationKind responder) {
    this.value = value;
    this.initiator = initiator;
    this.responder = responder;
  }

  /** The method of a value; empty when it is none of ours. */
  public static Optional<Method> of(int value) {
    for (Method method : values()) {
      if (method.value == value) {
        return Optional.of(method);
      }
    }
    return Optional.empty();
  }

  /** METHOD in message_1. */
  public int value() {
    return value;
  }

  /** How {@code role} authenticates. */
  public AuthenticationKind of(Role role) {
    return role == Role.INITIATOR ? initiator : responder;
  }
}
