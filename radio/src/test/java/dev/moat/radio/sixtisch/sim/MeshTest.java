package dev.moat.radio.sixtisch.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MeshTest {
  /** Rings of 2, 6 and 10 nodes; sectors 0 | 1 2 | 3 4 5 6 7 8 | 9 to 18. */
  private final Mesh mesh =
      new Mesh(FormationSettings.of(18, List.of(new Stage(1, 1)), new FormationTopology(3, 1), 1));

  @Test
  void everySectorJoinsThroughOneOfTheRingBefore() {
    assertThat(mesh.sectors).hasSize(19);
    assertThat(mesh.sectors.get(0).children).containsExactly(1, 2);
    assertThat(mesh.sectors.get(1).children).containsExactly(3, 4, 5);
    assertThat(mesh.sectors.get(2).children).containsExactly(6, 7, 8);
    assertThat(mesh.sectors.subList(9, 19)).allMatch(one -> one.parent >= 3 && one.parent <= 8);
  }

  @Test
  void nodesOfTwoSectorsMeetAtTheRoot() {
    mesh.sends(1);
    mesh.sends(2);
    assertThat(mesh.heard(0)).isEqualTo(2);
    assertThat(mesh.heard(1)).isEqualTo(1);
    mesh.clear();
    assertThat(mesh.heard(0)).isZero();
  }

  @Test
  void fartherSectorsUseTheCellAgain() {
    mesh.sends(3);
    mesh.sends(6);
    assertThat(mesh.heard(1)).as("where 3 sends to").isEqualTo(1);
    assertThat(mesh.heard(2)).as("where 6 sends to").isEqualTo(1);
    assertThat(mesh.heard(0)).isZero();
  }

  @Test
  void frameThatSendsToItsParentMeetsWhatTheGrandparentSends() {
    mesh.sends(3);
    mesh.sends(0);
    assertThat(mesh.heard(1)).isEqualTo(2);
  }

  @Test
  void aFrameFollowsThePathTheNodesJoinedBy() {
    mesh.nodes[3].parent = 1;
    mesh.nodes[9].parent = 3;
    Frame down = new Frame(9, 0, 0, 0, false);
    assertThat(mesh.nextHop(mesh.nodes[0], down)).isEqualTo(1);
    assertThat(mesh.nextHop(mesh.nodes[1], down)).isEqualTo(3);
    assertThat(mesh.nextHop(mesh.nodes[3], down)).isEqualTo(9);
    assertThat(mesh.nextHop(mesh.nodes[2], down)).as("it joined anew elsewhere").isEqualTo(-1);
    assertThat(mesh.nextHop(mesh.nodes[3], new Frame(9, 0, 0, 0, true))).isEqualTo(1);
  }

  @Test
  void theBeaconsOfANeighbourhoodAreDividedAmongItsSectors() {
    assertThat(mesh.crowd(mesh.sectors.get(0))).isEqualTo(1);
    mesh.joins(mesh.nodes[1]);
    assertThat(mesh.crowd(mesh.sectors.get(0))).isEqualTo(2);
    mesh.joins(mesh.nodes[2]);
    assertThat(mesh.crowd(mesh.sectors.get(1))).isEqualTo(3);
  }

  @Test
  void onlyAMemberWithSomebodyWhoScansHasToBeacon() {
    assertThat(mesh.watched).isEmpty();
    mesh.scans(mesh.nodes[1], 1);
    mesh.scans(mesh.nodes[2], 2);
    assertThat(mesh.watched).extracting(one -> one.id).containsExactly(0);
    mesh.hears(mesh.sectors.get(1), pledge -> assertThat(pledge).isEqualTo(1));
    assertThat(mesh.watched).as("node 2 still scans").hasSize(1);
    mesh.hears(mesh.sectors.get(2), pledge -> assertThat(pledge).isZero());
    mesh.hears(mesh.sectors.get(2), pledge -> assertThat(pledge).isEqualTo(2));
    assertThat(mesh.watched).isEmpty();
    mesh.scans(mesh.nodes[3], 1);
    assertThat(mesh.watched).as("nobody has joined to beacon to node 3").isEmpty();
    mesh.joins(mesh.nodes[1]);
    assertThat(mesh.watched).extracting(one -> one.id).containsExactly(1);
  }
}
