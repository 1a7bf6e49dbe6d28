package dev.moat.cost.study;

import dev.moat.cost.exchange.CredentialForm;
import dev.moat.cost.exchange.EdhocShape;
import dev.moat.cost.exchange.EdhocShape.Begins;
import dev.moat.cost.exchange.EdhocShape.Flow;
import dev.moat.cost.exchange.EdhocShape.PathForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The EDHOC exchanges that the panel of a report needs so that every choice leads somewhere: around
 * the smallest, and around the same with other credentials, each choice by itself.
 */
public final class WhatIfShapes {
  private static final List<CredentialForm> FORMS =
      List.of(
          CredentialForm.KID,
          CredentialForm.KCCS,
          CredentialForm.KCCS_LONG,
          CredentialForm.X5T,
          CredentialForm.X5CHAIN);
  private static final int KEY_METHODS = 4;
  private static final int P256 = 2;
  private static final Set<Integer> SUITES = new TreeSet<>(Set.of(0, P256, 3));

  private WhatIfShapes() {}

  /** All of them, without those of {@code known}. */
  public static List<EdhocShape> without(List<EdhocShape> known) {
    List<EdhocShape> shapes = new ArrayList<>();
    for (int method = 0; method < KEY_METHODS; method++) {
      addCredentials(shapes, method);
      addVariants(shapes, method, CredentialForm.KID);
      addVariants(shapes, method, CredentialForm.X5T);
    }
    addVariants(shapes, KEY_METHODS, CredentialForm.PSK);
    return shapes.stream().distinct().filter(one -> !known.contains(one)).toList();
  }

  /** Every pair of forms by which keys are named. */
  private static void addCredentials(List<EdhocShape> shapes, int method) {
    for (CredentialForm initiator : FORMS) {
      FORMS.forEach(responder -> shapes.add(plain(method, initiator, responder, P256)));
    }
  }

  /** The same form on both sides, with every suite; every path, flow and beginning. */
  private static void addVariants(List<EdhocShape> shapes, int method, CredentialForm form) {
    SUITES.forEach(suite -> shapes.add(plain(method, form, form, suite)));
    EdhocShape plain = plain(method, form, form, P256);
    for (PathForm path : PathForm.values()) {
      for (Flow flow : Flow.values()) {
        List.of(Begins.values()).forEach(begins -> shapes.add(varied(plain, path, flow, begins)));
      }
    }
  }

  private static EdhocShape plain(
      int method, CredentialForm initiator, CredentialForm responder, int suite) {
    return new EdhocShape(
        method, initiator, responder, suite, PathForm.SHORT, Flow.COMBINED, Begins.DEVICE);
  }

  private static EdhocShape varied(EdhocShape shape, PathForm path, Flow flow, Begins begins) {
    return new EdhocShape(
        shape.method(), shape.initiator(), shape.responder(), shape.suite(), path, flow, begins);
  }
}
