package dev.moat.conformance.crash;

import dev.moat.bytes.RandomSource;
import dev.moat.coap.service.Request;
import dev.moat.oscore.OscoreException;
import dev.moat.oscore.store.SecurityContextStore;
import dev.moat.store.SqliteContextStore;
import dev.moat.testkit.InsecureSeededRandom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The process that gets killed. Prints one octet when it could begin, reads one when it shall, and
 * never ends by itself.
 */
final class KilledPeer {
  private static final int STEPS_TO_WARM_UP = 20;
  private static final int MOST_OLD_REQUESTS = 60;

  private final Path folder;
  private final int life;
  private final Weakness weakness;
  private final RandomSource random;

  private KilledPeer(Path folder, int life, Weakness weakness, RandomSource random) {
    this.folder = folder;
    this.life = life;
    this.weakness = weakness;
    this.random = random;
  }

  /** The folder, the number of this life, a seed and a weakness. */
  public static void main(String[] arguments) throws Exception {
    int life = Integer.parseInt(arguments[1]);
    RandomSource random = new InsecureSeededRandom(Long.parseLong(arguments[2]) + life);
    Weakness weakness = Weakness.valueOf(arguments[3]);
    KilledPeer peer = new KilledPeer(Path.of(arguments[0]), life, weakness, random);
    peer.warmUp();
    System.out.write('r');
    System.out.flush();
    if (System.in.read() >= 0) {
      peer.live();
    }
  }

  /** Loads the classes, so that the kill meets work instead of the start of a Java machine. */
  private void warmUp() throws Exception {
    Path file = folder.resolve("warm-up-" + life);
    Observer nobody = new Nobody();
    try (SecurityContextStore store = SqliteContextStore.open(file)) {
      List<Side> sides =
          new Birth(FilteredReceiver::new, Weakness.NONE, nobody, random).sides(store);
      Workload workload = new Workload(1, sides, nobody, new ArrayList<>(), random);
      for (int step = 0; step < STEPS_TO_WARM_UP; step++) {
        workload.step();
      }
    } finally {
      boolean unused = Files.deleteIfExists(file);
    }
  }

  private void live() throws Exception {
    Diary diary = new Diary(folder, life);
    List<Captured> old = oldRequests();
    try (SecurityContextStore store = SqliteContextStore.open(folder.resolve("store"))) {
      List<Side> sides = new Birth(FilteredReceiver::new, weakness, diary, random).sides(store);
      Workload workload = new Workload(life, sides, diary, old, random);
      for (Captured request : List.copyOf(old)) {
        replay(workload, request, diary);
      }
      while (true) {
        workload.step();
      }
    }
  }

  private static void replay(Workload workload, Captured request, Observer observer) {
    try {
      workload.replay(request);
    } catch (OscoreException refusal) {
      observer.refused();
    }
  }

  /** All of the last life that fit, and some of any other. */
  private List<Captured> oldRequests() throws IOException {
    List<Captured> old = new ArrayList<>();
    for (int earlier : new int[] {1 + random.below(life), life - 1}) {
      List<Captured> captured = Diary.captured(folder, earlier);
      int first = Math.max(0, captured.size() - MOST_OLD_REQUESTS / 2);
      old.addAll(captured.subList(first, captured.size()));
    }
    return old;
  }

  private static final class Nobody implements Observer {
    @Override
    public void sealing(Seal seal) {
      // Nobody looks.
    }

    @Override
    public void sending(int receiver, Request outer) {
      // Nobody looks.
    }

    @Override
    public void accepting(long request) {
      // Nobody looks.
    }

    @Override
    public void refused() {
      // Nobody looks.
    }
  }
}
