package dev.moat.cli.serve;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.engine.resource.Resource;
import dev.moat.engine.resource.Router;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** The resources of TD_COAP_BLOCK. */
final class PlugtestBlock {
  /** More than one block of the largest size. */
  static final int LARGE_OCTETS = 1280;

  private final Router router;
  private final AtomicLong created = new AtomicLong();

  PlugtestBlock(Router router) {
    this.router = router;
  }

  void add(PlugtestCore core) {
    Resource large = large("/large").get(request -> Bodies.text(Filler.text(LARGE_OCTETS)));
    router.add(large);
    router.add(
        large("/large-separate")
            .on(Code.GET, core.later(request -> Bodies.text(Filler.text(LARGE_OCTETS)))));
    router.add(update());
    router.add(create());
    router.add(post());
  }

  /** TD_COAP_BLOCK_01, 02, 06. */
  private static Resource large(String path) {
    return Resource.at(path).title("Large resource").type("block").sizeOctets(LARGE_OCTETS);
  }

  /** TD_COAP_BLOCK_03. */
  private static Resource update() {
    Stored content = new Stored(Bodies.text(Filler.text(LARGE_OCTETS)));
    return Resource.at("/large-update")
        .title("Large resource that can be updated using PUT method")
        .type("block")
        .notAnActuator(PlugtestCore.HARMLESS)
        .allowUntaggedBlocks(PlugtestCore.HARMLESS)
        .get(content::read)
        .put(content::write);
  }

  /** TD_COAP_BLOCK_04. */
  private Resource create() {
    return Resource.at("/large-create")
        .title("Large resource that can be created using POST method")
        .type("block")
        .notAnActuator(PlugtestCore.HARMLESS)
        .allowUntaggedBlocks(PlugtestCore.HARMLESS)
        .post(this::create);
  }

  /** The router bounds how many there can be. */
  private Response create(Request request) {
    String name = Long.toString(created.incrementAndGet());
    String path = "/large-create/" + name;
    Stored content = new Stored(Bodies.content(request.payload(), Bodies.format(request)));
    boolean fits =
        router.create(
            Resource.at(path)
                .notAnActuator(PlugtestCore.HARMLESS)
                .get(content::read)
                .delete(gone -> remove(path)));
    return fits
        ? Bodies.createdAt("large-create", name)
        : Response.diagnostic(Code.SERVICE_UNAVAILABLE, "too many created; DELETE some");
  }

  private Response remove(String path) {
    boolean unused = router.remove(path);
    return Response.of(Code.DELETED);
  }

  /** TD_COAP_BLOCK_05: block-wise both ways. */
  private static Resource post() {
    return Resource.at("/large-post")
        .title("Handle POST with two-way blockwise transfer")
        .type("block")
        .notAnActuator(PlugtestCore.HARMLESS)
        .allowUntaggedBlocks(PlugtestCore.HARMLESS)
        .post(PlugtestBlock::upperCase);
  }

  private static Response upperCase(Request request) {
    Bytes answer = Bytes.utf8(request.payload().toUtf8().toUpperCase(Locale.ROOT));
    return new Response(Code.CHANGED, Response.text(Code.CHANGED, "").options(), answer);
  }
}
