package dev.moat.radio.sixtisch.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/** The nodes and who hears whom, and who is sending right now. Owned by one simulation. */
final class Mesh {
  final List<Sector> sectors = new ArrayList<>();
  final Node[] nodes;

  /** By sector: those whose nodes it hears, itself among them. */
  private final int[][] audible;

  /** By sector: how many of those have a member. */
  private final int[] active;

  /** By sector: how many frames it hears in the present cell. */
  private final int[] heard;

  private final int[] touched;
  private int touchedCount;

  /** How often a sector got its first member. */
  private int changes;

  /** The sectors that have a member and somebody to beacon to. */
  final List<Sector> watched = new ArrayList<>();

  Mesh(FormationSettings settings) {
    nodes = new Node[settings.nodes() + 1];
    Sector root = new Sector(0, 0);
    sectors.add(root);
    nodes[Node.ROOT] = new Node(Node.ROOT, 0, settings.cell().mac());
    List<Sector> before = List.of(root);
    int first = 1;
    for (int ring : settings.topology().rings(settings.nodes())) {
      before = ring(settings, before, first, ring);
      first += ring;
    }
    audible = sectors.stream().map(Mesh::hears).toArray(int[][]::new);
    active = new int[sectors.size()];
    heard = new int[sectors.size()];
    touched = new int[sectors.size()];
    joins(nodes[Node.ROOT]);
  }

  private List<Sector> ring(FormationSettings settings, List<Sector> before, int first, int size) {
    int perSector = settings.topology().sectorNodes();
    int count = (int) (((long) size + perSector - 1) / perSector);
    List<Sector> ring = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Sector parent = before.get((int) ((long) i * before.size() / count));
      Sector sector = new Sector(sectors.size(), parent.id);
      parent.children.add(sector.id);
      sectors.add(sector);
      ring.add(sector);
    }
    for (int i = 0; i < size; i++) {
      int sector = ring.get((int) ((long) i * count / size)).id;
      nodes[first + i] = new Node(first + i, sector, settings.cell().mac());
    }
    return ring;
  }

  private static int[] hears(Sector sector) {
    List<Integer> all = new ArrayList<>(sector.children);
    all.add(sector.id);
    if (sector.parent != sector.id) {
      all.add(sector.parent);
    }
    return all.stream().mapToInt(Integer::intValue).toArray();
  }

  Sector sectorOf(Node node) {
    return sectors.get(node.sector);
  }

  /** The node is a member from now on. */
  void joins(Node node) {
    Sector sector = sectorOf(node);
    sector.members.add(node);
    if (sector.members.size() == 1) {
      changes++;
      for (int one : audible[sector.id]) {
        active[one]++;
      }
      watch(sector);
    }
  }

  /**
   * A pledge scans; of the beacons that reach its sector it understands this one, 1 for the next.
   */
  void scans(Node node, long beacon) {
    Sector sector = sectorOf(node);
    if (!sector.isScanned()) {
      Sector parent = sectors.get(sector.parent);
      parent.scanningChildren++;
      watch(parent);
    }
    sector.scans(node.id, beacon);
  }

  /** A beacon reached the sector alone. */
  void hears(Sector sector, IntConsumer understood) {
    if (!sector.isScanned()) {
      return;
    }
    sector.hears(understood);
    if (!sector.isScanned()) {
      Sector parent = sectors.get(sector.parent);
      parent.scanningChildren--;
      watch(parent);
    }
  }

  private void watch(Sector sector) {
    boolean wanted = sector.scanningChildren > 0 && !sector.members.isEmpty();
    if (wanted && sector.watchedAt < 0) {
      sector.watchedAt = watched.size();
      watched.add(sector);
    } else if (!wanted && sector.watchedAt >= 0) {
      Sector last = watched.remove(watched.size() - 1);
      if (last != sector) {
        watched.set(sector.watchedAt, last);
        last.watchedAt = sector.watchedAt;
      }
      sector.watchedAt = -1;
    }
  }

  /** Into how many sectors at most the beacons of a neighbourhood of this sector are divided. */
  int crowd(Sector sector) {
    if (sector.crowdAsOf != changes) {
      sector.crowdAsOf = changes;
      sector.crowd = Arrays.stream(audible[sector.id]).map(one -> active[one]).max().orElse(1);
    }
    return sector.crowd;
  }

  int[] audible(int sector) {
    return audible[sector];
  }

  /** Somebody of this sector sends in the present cell. */
  void sends(int sector) {
    for (int one : audible[sector]) {
      if (heard[one]++ == 0) {
        touched[touchedCount++] = one;
      }
    }
  }

  /** How many frames the sector hears in the present cell, beacons not counted. */
  int heard(int sector) {
    return heard[sector];
  }

  /** The next cell begins. */
  void clear() {
    while (touchedCount > 0) {
      heard[touched[--touchedCount]] = 0;
    }
  }

  /**
   * Who gets a frame next on its way from this node, or nobody when the path is not there any more.
   */
  int nextHop(Node from, Frame frame) {
    if (frame.up()) {
      return from.parent;
    }
    int at = frame.pledge();
    while (nodes[at].parent != from.id) {
      at = nodes[at].parent;
      if (at == Node.ROOT) {
        return -1;
      }
    }
    return at;
  }
}
