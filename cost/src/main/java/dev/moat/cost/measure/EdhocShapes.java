package dev.moat.cost.measure;

import static dev.moat.cost.exchange.CredentialForm.KCCS;
import static dev.moat.cost.exchange.CredentialForm.KCCS_LONG;
import static dev.moat.cost.exchange.CredentialForm.KID;
import static dev.moat.cost.exchange.CredentialForm.PSK;
import static dev.moat.cost.exchange.CredentialForm.X5CHAIN;
import static dev.moat.cost.exchange.CredentialForm.X5T;

import dev.moat.cost.exchange.CredentialForm;
import dev.moat.cost.exchange.EdhocShape;
import dev.moat.cost.exchange.EdhocShape.Begins;
import dev.moat.cost.exchange.EdhocShape.Flow;
import dev.moat.cost.exchange.EdhocShape.PathForm;
import java.util.List;
import java.util.stream.Stream;

/** The shapes that are compared. */
public final class EdhocShapes {
  private EdhocShapes() {}

  /** Method 3 by kid, suite 2, short path, combined, the device begins: the cheapest of all. */
  public static EdhocShape reference() {
    return shape(3, KID, KID, 2);
  }

  /**
   * What reports compare: around the {@link #reference()} one thing varied at a time, and the
   * forms, methods and suites that the requirements and the literature name.
   */
  public static List<EdhocShape> standard() {
    return Stream.of(credentials(), suites(), flows()).flatMap(List::stream).distinct().toList();
  }

  /** By method and credential, with suite 2. */
  private static List<EdhocShape> credentials() {
    return List.of(
        reference(),
        shape(3, X5T, X5T, 2),
        shape(3, KID, X5T, 2),
        shape(3, X5T, KID, 2),
        shape(3, KCCS, KCCS, 2),
        shape(3, KCCS_LONG, KCCS_LONG, 2),
        shape(3, X5CHAIN, X5CHAIN, 2),
        shape(2, KID, X5T, 2),
        shape(2, KID, KID, 2),
        shape(1, X5T, KID, 2),
        shape(1, KID, KID, 2),
        shape(0, KID, KID, 2),
        shape(0, X5T, X5T, 2),
        shape(0, X5CHAIN, X5CHAIN, 2),
        shape(4, PSK, PSK, 2));
  }

  /** By suite: tags of 8 and of 16 octets, both curves. */
  private static List<EdhocShape> suites() {
    return List.of(
        shape(3, KID, KID, 0),
        shape(3, KID, KID, 3),
        shape(3, KID, KID, 5),
        shape(3, KID, KID, 6),
        shape(0, X5T, X5T, 0),
        shape(0, X5T, X5T, 3),
        shape(0, KCCS, KCCS, 0),
        shape(4, PSK, PSK, 3));
  }

  /** By path, flow and who begins. */
  private static List<EdhocShape> flows() {
    EdhocShape x5t = shape(3, X5T, X5T, 2);
    return Stream.concat(
            Stream.of(PathForm.values())
                .flatMap(path -> Stream.of(Flow.values()).flatMap(flow -> byBeginning(path, flow))),
            Stream.of(
                varied(x5t, PathForm.DEFAULT, Flow.COMBINED, Begins.DEVICE),
                varied(x5t, PathForm.SHORT, Flow.SEQUENTIAL, Begins.NETWORK)))
        .toList();
  }

  private static Stream<EdhocShape> byBeginning(PathForm path, Flow flow) {
    return Stream.of(Begins.values()).map(begins -> varied(reference(), path, flow, begins));
  }

  private static EdhocShape varied(EdhocShape shape, PathForm path, Flow flow, Begins begins) {
    return new EdhocShape(
        shape.method(), shape.initiator(), shape.responder(), shape.suite(), path, flow, begins);
  }

  private static EdhocShape shape(
      int method, CredentialForm initiator, CredentialForm responder, int suite) {
    return new EdhocShape(
        method, initiator, responder, suite, PathForm.SHORT, Flow.COMBINED, Begins.DEVICE);
  }
}
