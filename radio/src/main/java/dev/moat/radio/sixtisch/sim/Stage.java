package dev.moat.radio.sixtisch.sim;

import dev.moat.radio.Direction;
import dev.moat.radio.sixtisch.MessageFrames;
import dev.moat.radio.sixtisch.SixtischCost;
import java.util.ArrayList;
import java.util.List;

/**
 * A request of the pledge and its response.
 *
 * @param framesUp the frames of the request, at least 1
 * @param framesDown the frames of the response, at least 1
 */
public record Stage(int framesUp, int framesDown) {
  /**
   * Checks both.
   *
   * @throws IllegalArgumentException when one has no frame
   */
  public Stage {
    if (framesUp < 1 || framesDown < 1) {
      throw new IllegalArgumentException(
          "request and response have at least 1 frame, not " + framesUp + " and " + framesDown);
    }
  }

  /**
   * The stages of an exchange over CoAP, where the pledge is the client. Messages in a row that go
   * the same way are one request or one response. What has no counterpart gets one of 1 frame: the
   * request that makes the network begin (RFC 9528 Appendix A.2.2), the response that ends a last
   * request.
   *
   * @throws IllegalArgumentException when nothing takes a frame
   */
  public static List<Stage> of(SixtischCost cost) {
    List<Stage> stages = new ArrayList<>();
    int up = 0;
    int down = 0;
    for (MessageFrames one : cost.messages()) {
      boolean uplink = one.message().direction() == Direction.UPLINK;
      if (uplink && down > 0) {
        stages.add(new Stage(Math.max(1, up), down));
        up = 0;
        down = 0;
      }
      up += uplink ? one.frames() : 0;
      down += uplink ? 0 : one.frames();
    }
    if (up + down > 0) {
      stages.add(new Stage(Math.max(1, up), Math.max(1, down)));
    }
    if (stages.isEmpty()) {
      throw new IllegalArgumentException("an exchange without frames has no stage");
    }
    return List.copyOf(stages);
  }

  /** The frames of all stages. */
  public static int frames(List<Stage> stages) {
    return stages.stream().mapToInt(one -> one.framesUp + one.framesDown).sum();
  }
}
