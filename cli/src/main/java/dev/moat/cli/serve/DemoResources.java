package dev.moat.cli.serve;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.engine.resource.ObservableState;
import dev.moat.engine.resource.Resource;
import dev.moat.engine.resource.Router;
import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * What {@code moat serve} offers by itself: something to read, to observe, to transfer and to
 * protect.
 */
final class DemoResources {
  private static final int LARGE_OCTETS = 64 * 1024;
  private static final Duration CLOCK_PERIOD = Duration.ofSeconds(1);
  private static final Duration SENSOR_PERIOD = Duration.ofSeconds(5);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  private final Timers timers;
  private final Supplier<LocalTime> now;
  private final Access access;
  private final boolean insecureNosecActuators;

  /**
   * The resources.
   *
   * @param now what /clock tells
   * @param access tells who asked what
   * @param insecureNosecActuators true when the lock obeys anyone on the network
   */
  DemoResources(
      Timers timers, Supplier<LocalTime> now, Access access, boolean insecureNosecActuators) {
    this.timers = timers;
    this.now = now;
    this.access = access;
    this.insecureNosecActuators = insecureNosecActuators;
  }

  void addTo(Router router) {
    router.add(
        Resource.at("/hello")
            .title("Says hello")
            .get(access.told("/hello", request -> Bodies.text("Hello from Moat"))));
    router.add(
        Resource.at("/helloWorld")
            .title("Says hello to protected requests")
            .securedOnly()
            .get(access.told("/helloWorld", request -> Bodies.text("Hello World!"))));
    router.add(lock());
    router.add(sensor());
    router.add(
        Resource.at("/large")
            .title("64 KiB of text, block by block")
            .sizeOctets(LARGE_OCTETS)
            .get(access.told("/large", request -> Bodies.text(Filler.text(LARGE_OCTETS)))));
    router.add(clock());
  }

  /**
   * An actuator: only fresh, confirmable, protected requests turn it, unless the operator said
   * otherwise.
   */
  private Resource lock() {
    FrontDoor door = new FrontDoor();
    Resource lock =
        Resource.at("/lock")
            .title("Front door: PUT locked or unlocked")
            .type("moat.lock")
            .get(access.told("/lock", request -> Bodies.text(door.state)))
            .put(
                access.told(
                    "/lock", insecureNosecActuators ? door::turn : Access.byKnown(door::turn)));
    return insecureNosecActuators ? lock.allowUnsecured("--insecure-nosec-actuators") : lock;
  }

  private Resource sensor() {
    ObservableState state = new ObservableState(reading(0));
    int[] tick = {0};
    timers.every(SENSOR_PERIOD, () -> state.set(reading(++tick[0])));
    return Resource.at("/sensor")
        .title("Temperature in degrees Celsius")
        .type("moat.temperature")
        .produces(Formats.JSON)
        .observable(state);
  }

  /** A slow wave around 21.5 degrees: a demonstration needs no thermometer. */
  private static Response reading(int tick) {
    double celsius = 21.5 + 1.5 * Math.sin(tick / 10.0);
    String json = String.format(Locale.ROOT, "{\"celsius\":%.1f}", celsius);
    return aged(Bodies.content(Bytes.utf8(json), Formats.JSON), SENSOR_PERIOD);
  }

  private Resource clock() {
    Supplier<Response> face = () -> aged(Bodies.text(TIME.format(now.get())), CLOCK_PERIOD);
    ObservableState state = new ObservableState(face.get());
    timers.every(CLOCK_PERIOD, () -> state.set(face.get()));
    return Resource.at("/clock").title("The time, every second").observable(state);
  }

  private static Response aged(Response response, Duration maxAge) {
    return response.with(Option.uint(OptionNumber.MAX_AGE, maxAge.toSeconds()));
  }

  /** The one thing here that would move. */
  private static final class FrontDoor {
    private volatile String state = "locked";

    private Response turn(Request request) {
      String wanted = request.payload().toUtf8().strip();
      if (!wanted.equals("locked") && !wanted.equals("unlocked")) {
        return Response.diagnostic(Code.BAD_REQUEST, "the payload must be: locked or unlocked");
      }
      state = wanted;
      return Response.text(Code.CHANGED, wanted);
    }
  }
}
