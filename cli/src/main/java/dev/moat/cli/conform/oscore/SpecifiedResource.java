package dev.moat.cli.conform.oscore;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.engine.resource.ObservableState;
import dev.moat.engine.resource.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One resource of a description: what it answers, and to whom. */
final class SpecifiedResource {
  private static final String HARMLESS = "a plugtest resource: it moves nothing";
  private static final Duration PERIOD = Duration.ofSeconds(1);
  private static final Pattern QUOTED = Pattern.compile("(5\\.00 )?\"([^\"]*)\"");

  private final JsonNode description;
  private final OscorePlugtest.Later later;

  SpecifiedResource(JsonNode description, OscorePlugtest.Later later) {
    this.description = description;
    this.later = later;
  }

  Resource resource() {
    Resource resource = Resource.at(description.path("path").asText()).notAnActuator(HARMLESS);
    resource =
        description.path("oscore_required").asBoolean(false)
            ? resource.securedOnly()
            : resource.allowUnsecured("the test reads it without protection");
    for (JsonNode method : description.path("methods")) {
      resource = with(resource, method.asText());
    }
    return resource;
  }

  private Resource with(Resource resource, String method) {
    return switch (method) {
      case "GET" -> withGet(resource);
      case "POST" -> resource.post(this::echo);
      case "PUT" ->
          resource.entityTag(request -> entityTag()).put(request -> Response.of(Code.CHANGED));
      case "DELETE" -> resource.delete(request -> Response.of(Code.DELETED));
      default -> throw new IllegalArgumentException("method " + method + " is not known");
    };
  }

  private Resource withGet(Resource resource) {
    return description.path("observable").asBoolean(false)
        ? resource.on(Code.GET, request -> CompletableFuture.completedFuture(observe(request)))
        : resource.get(request -> content(description.path("payload_text").asText("")));
  }

  private Response content(String text) {
    Response response = inFormat(Response.of(Code.CONTENT).withPayload(Bytes.utf8(text)));
    if (entityTag().isPresent()) {
      response = response.with(new Option(OptionNumber.ETAG, entityTag().get()));
    }
    if (description.has("max_age")) {
      response =
          response.with(Option.uint(OptionNumber.MAX_AGE, description.path("max_age").asLong()));
    }
    return response;
  }

  private Response inFormat(Response response) {
    return response.with(
        Option.uint(OptionNumber.CONTENT_FORMAT, description.path("content_format").asLong(0)));
  }

  private Response echo(Request request) {
    return inFormat(Response.of(Code.CHANGED).withPayload(request.payload()));
  }

  private Optional<Bytes> entityTag() {
    return description.path("etag").isTextual()
        ? Optional.of(Bytes.hex(description.path("etag").asText()))
        : Optional.empty();
  }

  /** Every observer sees the whole sequence, from its registration on. */
  private Reply observe(Request request) {
    List<Response> sequence = sequence();
    ObservableState state = new ObservableState(sequence.get(0));
    Reply reply = state.reply(request);
    for (int i = 1; i < sequence.size(); i++) {
      Response next = sequence.get(i);
      later.after(PERIOD.multipliedBy(i), () -> show(state, next));
    }
    return reply;
  }

  private static void show(ObservableState state, Response next) {
    if (next.code().isSuccess()) {
      state.set(next);
    } else {
      state.end(next);
    }
  }

  /** The texts in quotes, of which one after 5.00 ends the observation. */
  private List<Response> sequence() {
    List<Response> sequence = new ArrayList<>();
    Matcher quoted = QUOTED.matcher(description.path("behaviour").asText(""));
    while (quoted.find()) {
      Response response = content(quoted.group(2));
      boolean ends = quoted.group(1) != null;
      sequence.add(
          ends
              ? new Response(Code.INTERNAL_SERVER_ERROR, response.options(), response.payload())
              : response);
    }
    if (sequence.isEmpty()) {
      throw new IllegalArgumentException("no notification in quotes in the member behaviour");
    }
    return sequence;
  }
}
