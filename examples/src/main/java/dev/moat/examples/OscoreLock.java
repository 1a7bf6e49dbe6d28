package dev.moat.examples;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.crypto.JdkCrypto;
import dev.moat.endpoint.CoapClient;
import dev.moat.endpoint.CoapServer;
import dev.moat.engine.resource.Resource;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.store.SecurityContextStore;
import dev.moat.oscore.store.StoreException;
import dev.moat.store.SqliteContextStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * A lock that listens only to whoever shares a key with it (OSCORE, RFC 8613).
 *
 * <p>Both sides keep their sequence numbers in a store. Run it twice in one directory, or kill it
 * in between: no number is used twice, and the lock asks for a fresh request before it believes
 * anyone again (Appendix B.1).
 */
public final class OscoreLock {
  private volatile String state = "open";

  private OscoreLock() {}

  /**
   * Locks a door with the key, tries to open it without, and prints what happened.
   *
   * @param arguments the directory of the stores; none: a new one
   */
  public static void main(String[] arguments) throws IOException, StoreException {
    Path directory =
        arguments.length == 0 ? Files.createTempDirectory("moat") : Path.of(arguments[0]);
    try (SecurityContextStore owners = SqliteContextStore.open(directory.resolve("owner.db"));
        SecurityContextStore locks = SqliteContextStore.open(directory.resolve("lock.db"));
        ContextParameters owner = shared(owners);
        ContextParameters door = owner.reversed();
        SecurityContext ownersContext = owners.context(owner, JdkCrypto.create());
        SecurityContext locksContext = locks.context(door, JdkCrypto.create())) {
      run(ownersContext, locksContext);
    }
  }

  private static void run(SecurityContext ownersContext, SecurityContext locksContext) {
    OscoreLock door = new OscoreLock();
    // Nothing says that it demands security: it has an unsafe method, so it does.
    Resource lock = Resource.at("/lock").get(door::read).put(door::move);
    try (CoapServer server =
            CoapServer.builder().port(0).resource(lock).oscore(locksContext).start();
        CoapClient owner = CoapClient.builder().oscore(ownersContext).build();
        CoapClient thief = CoapClient.create()) {
      String uri = "coap://localhost:" + server.port() + "/lock";
      System.out.println("owner: " + said(owner.put(uri, Bytes.utf8("locked"), 0)));
      System.out.println("thief: " + said(thief.put(uri, Bytes.utf8("open"), 0)));
      System.out.println("the door is " + said(owner.get(uri)));
    }
  }

  /** The key, made when the owner has none yet. A real lock gets it in the factory, or by EDHOC. */
  private static ContextParameters shared(SecurityContextStore owners) throws StoreException {
    var known = owners.load("lock");
    if (known.isPresent()) {
      return known.get();
    }
    try (SecretBytes secret = SecretBytes.random(16, new SecureRandom()::nextBytes)) {
      ContextParameters made =
          ContextParameters.builder(secret, Bytes.utf8("key"), Bytes.utf8("lock")).build();
      owners.save("lock", made);
      return made;
    }
  }

  private Response read(Request request) {
    return Response.text(Code.CONTENT, state);
  }

  private Response move(Request request) {
    state = request.payload().toUtf8();
    return Response.of(Code.CHANGED);
  }

  private static String said(Outcome outcome) {
    return outcome.fold(
        responded ->
            responded.response().code().equals(Code.CONTENT)
                ? responded.response().payload().toUtf8()
                : responded.response().code().toString(),
        notDelivered -> "not delivered",
        unknown -> "nobody knows");
  }
}
