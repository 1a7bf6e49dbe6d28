package dev.moat.edhoc.coap.server;

import dev.moat.cose.credential.CredentialType;
import dev.moat.edhoc.run.EdhocSettings;
import dev.moat.edhoc.suite.CipherSuite;
import dev.moat.edhoc.suite.Method;
import dev.moat.engine.resource.Resource;
import java.util.List;
import java.util.Optional;

/** What the link to an EDHOC resource says of its application profile (RFC 9668, Section 6). */
final class Links {
  private Links() {}

  static Resource describe(Resource plain, EdhocServerConfig config) {
    EdhocSettings settings = config.settings();
    Resource resource = plain.type("core.edhoc");
    for (Method method : Method.values()) {
      if (settings.methods().contains(method)) {
        resource = resource.attribute("ed-method", Integer.toString(method.value()));
      }
    }
    for (CipherSuite suite : settings.suites()) {
      resource = resource.attribute("ed-csuite", Integer.toString(suite.value()));
    }
    resource = credentials(resource, settings);
    for (Integer label : settings.eadPolicy().knownLabels().stream().sorted().toList()) {
      resource = resource.attribute("ed-ead", label.toString());
    }
    return flows(resource, config);
  }

  /** By what this server itself has: peers mostly have credentials of the same kinds. */
  private static Resource credentials(Resource plain, EdhocSettings settings) {
    Resource resource = plain;
    for (Integer type : types(settings)) {
      resource = resource.attribute("ed-cred-t", type.toString());
    }
    for (Long label : labels(settings)) {
      resource = resource.attribute("ed-idcred-t", label.toString());
    }
    return resource;
  }

  private static List<Integer> types(EdhocSettings settings) {
    return settings.identities().stream()
        .map(identity -> registered(identity.credential().type()))
        .flatMap(Optional::stream)
        .distinct()
        .sorted()
        .toList();
  }

  private static List<Long> labels(EdhocSettings settings) {
    return settings.identities().stream()
        .map(identity -> identity.idCred().label())
        .distinct()
        .sorted()
        .toList();
  }

  /** The EDHOC Authentication Credential Types (RFC 9668, Section 8.3). */
  private static Optional<Integer> registered(CredentialType type) {
    return switch (type) {
      case CWT -> Optional.of(0);
      case CCS -> Optional.of(1);
      case X509 -> Optional.of(2);
      case C509 -> Optional.empty();
    };
  }

  private static Resource flows(Resource plain, EdhocServerConfig config) {
    Resource resource = plain;
    if (config.reverse().isPresent()) {
      resource = resource.attribute("ed-i", "");
    }
    if (config.forward()) {
      resource = resource.attribute("ed-r", "");
    }
    return config.combined() ? resource.attribute("ed-comb-req", "") : resource;
  }
}
