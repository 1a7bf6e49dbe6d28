package dev.moat.radio.sixtisch.sim;

import dev.moat.radio.sixtisch.SyncTime;
import java.util.SplittableRandom;

/** The scan that {@link SyncTime} has the mean of, slotframe by slotframe. */
public final class BeaconScan {
  private BeaconScan() {}

  /**
   * How long one pledge scans, in microseconds. It starts somewhere within a slotframe; then in
   * each slotframe a beacon is sent or not, on a channel of those that are hopped over, while the
   * pledge listens on one of them, and is received or not.
   */
  public static double micros(SyncTime settings, SplittableRandom random) {
    long slotframe = settings.slotframe().micros();
    double waited = random.nextDouble() * slotframe;
    while (!heard(settings, random)) {
      waited += slotframe;
    }
    return waited + settings.beaconMicros();
  }

  private static boolean heard(SyncTime settings, SplittableRandom random) {
    boolean sent = random.nextDouble() < settings.beaconProbability();
    int sentOn = random.nextInt(settings.channels());
    int listensOn = random.nextInt(settings.channels());
    return sent && sentOn == listensOn && random.nextDouble() < settings.receptionProbability();
  }
}
