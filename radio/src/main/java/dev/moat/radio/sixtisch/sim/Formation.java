package dev.moat.radio.sixtisch.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** One run: the shared cells in order, and what happens in each. */
final class Formation {
  private static final long PROGRESS_SLOTFRAMES = 10_000;

  /** 300 s become 85 hours at most. */
  private static final int MAX_HOLD_OFF_DOUBLINGS = 10;

  private final FormationSettings settings;
  private final FormationCell cell;
  private final FormationProgress progress;
  private final SplittableRandom random;
  private final long slotframeMicros;
  private final Mesh mesh;
  private final Pledge[] pledges;
  private final Calendar sendings = new Calendar();
  private final Calendar timers = new Calendar();
  private final Calendar scans = new Calendar();
  private final List<Node> sending = new ArrayList<>();
  private final long[] joinMicros;
  private int joined;
  private long now;
  private long transmissions;
  private long failures;
  private long dropped;
  private long restarts;

  Formation(FormationSettings settings, FormationProgress progress) {
    this.settings = settings;
    this.cell = settings.cell();
    this.progress = progress;
    this.random = new SplittableRandom(settings.seed());
    this.slotframeMicros = cell.slotframe().micros();
    this.mesh = new Mesh(settings);
    this.pledges = new Pledge[settings.nodes() + 1];
    this.joinMicros = new long[settings.nodes()];
    for (int id = 0; id < pledges.length; id++) {
      pledges[id] = new Pledge(cell.timers());
    }
  }

  FormationResult run() {
    for (int id = 1; id < pledges.length; id++) {
      scan(id);
    }
    long last = settings.timeBoundMicros() / slotframeMicros;
    while (now < last && joined < settings.nodes()) {
      now++;
      slotframe();
      if (now % PROGRESS_SLOTFRAMES == 0) {
        progress.progress(joined, now * slotframeMicros);
      }
    }
    return new FormationResult(
        settings,
        Arrays.copyOf(joinMicros, joined),
        new FormationResult.Traffic(now, transmissions, failures, dropped, restarts));
  }

  private void slotframe() {
    scans.drain(now, this::scan);
    timers.drain(now, this::timeout);
    sendings.drain(now, this::send);
    for (Node one : sending) {
      settle(one);
    }
    // A copy: who understands a beacon may have been the last that scanned.
    for (Sector one : List.copyOf(mesh.watched)) {
      beacon(one);
    }
    sending.clear();
    mesh.clear();
  }

  // --- beacons ---

  private void scan(int pledge) {
    double understood = cell.deliveryRatio() / cell.beacons().channels();
    mesh.scans(mesh.nodes[pledge], geometric(understood));
  }

  private void beacon(Sector sector) {
    if (!beacons(sector)) {
      return;
    }
    for (int child : sector.children) {
      if (isAlone(child)) {
        mesh.hears(mesh.sectors.get(child), pledge -> synchronised(pledge, sector.beaconing));
      }
    }
  }

  /**
   * Whether a member beacons in the present cell. It is drawn when somebody has to know: most
   * beacons neither reach a scanning pledge nor meet another frame.
   */
  private boolean beacons(Sector sector) {
    if (sector.beaconDrawn != now) {
      sector.beaconDrawn = now;
      sector.beaconing = drawBeacon(sector);
    }
    return sector.beaconing >= 0;
  }

  private int drawBeacon(Sector sector) {
    if (sector.members.isEmpty()
        || random.nextDouble() * mesh.crowd(sector) >= cell.beacons().probability()) {
      return -1;
    }
    Node node = sector.members.get(random.nextInt(sector.members.size()));
    return node.sentIn == now ? -1 : node.id;
  }

  /** Whether the sector hears exactly one frame or beacon in the present cell. */
  private boolean isAlone(int sector) {
    int heard = mesh.heard(sector);
    for (int other : mesh.audible(sector)) {
      if (heard > 1) {
        return false;
      }
      heard += beacons(mesh.sectors.get(other)) ? 1 : 0;
    }
    return heard == 1;
  }

  private void synchronised(int pledge, int from) {
    mesh.nodes[pledge].parent = from;
    begin(pledge, 0);
  }

  /** How many trials until the first that succeeds, with this probability each. */
  private long geometric(double probability) {
    return probability == 1
        ? 1
        : 1 + (long) (Math.log(1 - random.nextDouble()) / Math.log1p(-probability));
  }

  // --- the shared cell ---

  private void send(int id) {
    Node node = mesh.nodes[id];
    node.sentIn = now;
    sending.add(node);
    mesh.sends(node.sector);
    transmissions++;
  }

  private void settle(Node node) {
    Frame frame = node.queue.getFirst();
    int receiver = mesh.nextHop(node, frame);
    if (receiver >= 0 && isAlone(mesh.nodes[receiver].sector) && delivered()) {
      node.backoff.succeeded();
      proceed(node);
      received(mesh.nodes[receiver], frame);
      return;
    }
    failures++;
    if (node.backoff.failed()) {
      dropped++;
      proceed(node);
    } else {
      schedule(node, now + 1 + node.backoff.draw(random));
    }
  }

  private boolean delivered() {
    return cell.deliveryRatio() == 1 || random.nextDouble() < cell.deliveryRatio();
  }

  /** The head of the queue is done with; the next one follows. */
  private void proceed(Node node) {
    node.queue.removeFirst();
    if (!node.queue.isEmpty()) {
      schedule(node, now + 1);
    }
  }

  private void schedule(Node node, long slotframe) {
    sendings.add(slotframe, node.id);
  }

  private void enqueue(Node node, Frame frame, long earliest) {
    if (isBounded(node, frame) && node.queue.size() >= cell.mac().queueFrames()) {
      dropped++;
      return;
    }
    node.queue.add(frame);
    if (node.queue.size() == 1) {
      schedule(node, earliest);
    }
  }

  /**
   * The root is no constrained device: its queue has no bound but that of what is under way. And
   * who sends a message of its own waits for room, instead of losing it.
   */
  private static boolean isBounded(Node node, Frame frame) {
    boolean own = frame.up() && frame.pledge() == node.id;
    return node.id != Node.ROOT && !own;
  }

  private void received(Node node, Frame frame) {
    int end = frame.up() ? Node.ROOT : frame.pledge();
    if (node.id == end) {
      arrived(frame);
    } else {
      enqueue(node, frame, now + 1);
    }
  }

  // --- the join ---

  private void begin(int id, int stage) {
    Pledge pledge = pledges[id];
    pledge.begins(stage);
    request(id, now + 1);
  }

  private void request(int id, long earliest) {
    Pledge pledge = pledges[id];
    JoinTimers join = cell.timers();
    if (pledge.generation == 0 || join.spread() == JoinTimers.Spread.EACH_TIME) {
      pledge.factor = join.draw(random);
    }
    pledge.timer = now + join.slotframes(pledge.generation, pledge.factor, slotframeMicros);
    timers.add(pledge.timer, id);
    Frame frame = new Frame(id, pledge.attempt, pledge.stage, pledge.generation, true);
    for (int i = 0; i < settings.stages().get(pledge.stage).framesUp(); i++) {
      enqueue(mesh.nodes[id], frame, earliest);
    }
  }

  private void timeout(int id) {
    Pledge pledge = pledges[id];
    if (pledge.timer != now) {
      return; // the stage was over before
    }
    if (pledge.generation < cell.timers().maxRetransmit()) {
      pledge.generation++;
      request(id, now);
      return;
    }
    restarts++;
    pledge.attempt++;
    pledge.timer = 0;
    scans.add(now + 1 + random.nextLong(holdOff(pledge.attempt)), id);
  }

  private long holdOff(int failures) {
    long first = cell.holdOffMicros() / slotframeMicros;
    long most = first << Math.min(failures - 1, MAX_HOLD_OFF_DOUBLINGS);
    return Math.max(1, Math.min(most, Calendar.FARTHEST));
  }

  /** A frame has come to the end of its way: the root answers, the pledge goes on. */
  private void arrived(Frame frame) {
    Pledge pledge = pledges[frame.pledge()];
    // What belongs to an earlier stage or attempt was sent in vain.
    if (!pledge.waitsFor(frame)) {
      return;
    }
    Stage stage = settings.stages().get(frame.stage());
    if (!pledge.completes(frame, stage)) {
      return;
    }
    if (frame.up()) {
      respond(frame, stage);
    } else if (frame.stage() + 1 < settings.stages().size()) {
      begin(frame.pledge(), frame.stage() + 1);
    } else {
      join(frame.pledge());
    }
  }

  private void respond(Frame request, Stage stage) {
    Frame frame =
        new Frame(
            request.pledge(), request.attempt(), request.stage(), request.generation(), false);
    for (int i = 0; i < stage.framesDown(); i++) {
      enqueue(mesh.nodes[Node.ROOT], frame, now + 1);
    }
  }

  private void join(int id) {
    pledges[id].timer = 0;
    joinMicros[joined++] = now * slotframeMicros;
    mesh.joins(mesh.nodes[id]);
    progress.progress(joined, now * slotframeMicros);
  }
}
