package dev.moat.cost.device;

import dev.moat.edhoc.Role;

/**
 * What a handshake with one method asks of both sides, with credentials by reference.
 *
 * @param method 0 to 4
 * @param suite the number of the cipher suite
 * @param initiator the initiator
 * @param responder the responder
 * @param cpu time of this machine's processor
 */
public record MethodFigures(
    int method, int suite, RoleFigures initiator, RoleFigures responder, CpuTime cpu) {

  /** The figures of {@code role}. */
  public RoleFigures of(Role role) {
    return role == Role.INITIATOR ? initiator : responder;
  }
}
