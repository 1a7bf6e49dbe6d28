package dev.moat.coap.signal;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.Message;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A signalling message, understood (RFC 8323, Section 5). The token stays with the message: only
 * that of a Ping means anything, for its Pong (Section 5.4).
 */
public sealed interface Signal {
  /** The code of the message, 7.01 to 7.05. */
  Code code();

  /** The answer of the case that this signal is. */
  <T> T match(Cases<T> cases);

  /**
   * One answer for each signal.
   *
   * @param <T> what the answers are
   */
  interface Cases<T> {
    /** For capabilities and settings. */
    T csm(Csm csm);

    /** For a Ping. */
    T ping(Ping ping);

    /** For a Pong. */
    T pong(Pong pong);

    /** For a Release. */
    T release(Release release);

    /** For an Abort. */
    T abort(Abort abort);
  }

  /**
   * Capabilities and settings (Section 5.3). What is absent stays as it was: {@link
   * PeerCapabilities} adds them up.
   *
   * @param maxMessageSize the longest message that the sender can receive, in octets from the first
   *     of the header to the last of the payload, 0 to 2^32 - 1
   * @param blockWiseTransfer true when the sender says that it supports block-wise transfer
   * @param extendedTokenLength the longest token that the sender accepts in requests, 8 to 65804
   *     octets (RFC 8974, Section 2.2.1)
   */
  record Csm(
      OptionalLong maxMessageSize, boolean blockWiseTransfer, OptionalInt extendedTokenLength)
      implements Signal {
    private static final long MAX_UINT32 = 0xffff_ffffL;
    private static final int LEAST_TOKEN_OCTETS = 8;

    /** Checks the ranges. */
    public Csm {
      long size = maxMessageSize.orElse(0);
      if (size < 0 || size > MAX_UINT32) {
        throw new IllegalArgumentException("Max-Message-Size " + size + " is not a 32-bit value");
      }
      int token = extendedTokenLength.orElse(LEAST_TOKEN_OCTETS);
      if (token < LEAST_TOKEN_OCTETS || token > Message.MAX_TOKEN_OCTETS) {
        throw new IllegalArgumentException(
            "Extended-Token-Length " + token + " is not 8 to " + Message.MAX_TOKEN_OCTETS);
      }
    }

    /** Capabilities that say nothing of the token length. */
    public Csm(OptionalLong maxMessageSize, boolean blockWiseTransfer) {
      this(maxMessageSize, blockWiseTransfer, OptionalInt.empty());
    }

    /** A CSM without options, which changes nothing. */
    public static Csm empty() {
      return new Csm(OptionalLong.empty(), false);
    }

    @Override
    public Code code() {
      return Code.CSM;
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.csm(this);
    }
  }

  /**
   * Asks for a Pong with the same token (Section 5.4).
   *
   * @param custody true when the Pong is to wait until all messages before are processed
   */
  record Ping(boolean custody) implements Signal {
    @Override
    public Code code() {
      return Code.PING;
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.ping(this);
    }
  }

  /**
   * Answers a Ping (Section 5.4).
   *
   * @param custody true when all messages before the Ping were processed
   */
  record Pong(boolean custody) implements Signal {
    @Override
    public Code code() {
      return Code.PONG;
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.pong(this);
    }
  }

  /**
   * Asks the peer to close the connection (Section 5.5).
   *
   * @param alternativeAddresses where to connect instead, each an authority of 1 to 255 octets
   * @param holdOffSeconds how long not to reconnect, 0 to 2^24 - 1
   * @param diagnostic words for people, empty for none; those of a peer may hold anything
   */
  record Release(List<String> alternativeAddresses, OptionalLong holdOffSeconds, String diagnostic)
      implements Signal {
    private static final long MAX_UINT24 = 0xff_ffff;
    private static final int MAX_ADDRESS_OCTETS = 255;

    /** Checks the ranges and copies the list. */
    public Release {
      alternativeAddresses = List.copyOf(alternativeAddresses);
      for (String address : alternativeAddresses) {
        int octets = Bytes.utf8(address).length();
        if (octets == 0 || octets > MAX_ADDRESS_OCTETS) {
          throw new IllegalArgumentException(
              "an Alternative-Address of " + octets + " octets is not 1 to " + MAX_ADDRESS_OCTETS);
        }
      }
      long seconds = holdOffSeconds.orElse(0);
      if (seconds < 0 || seconds > MAX_UINT24) {
        throw new IllegalArgumentException("Hold-Off " + seconds + " is not a 24-bit value");
      }
    }

    /** A Release that says only why. */
    public static Release because(String diagnostic) {
      return new Release(List.of(), OptionalLong.empty(), diagnostic);
    }

    @Override
    public Code code() {
      return Code.RELEASE;
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.release(this);
    }
  }

  /**
   * Says that the connection ends at once (Section 5.6).
   *
   * @param badCsmOption the number of the CSM option that could not be processed, 0 to 65535
   * @param diagnostic words for people, empty for none; those of a peer may hold anything
   */
  record Abort(OptionalInt badCsmOption, String diagnostic) implements Signal {
    /** Checks the range. */
    public Abort {
      int number = badCsmOption.orElse(0);
      if (number < 0 || number > 0xffff) {
        throw new IllegalArgumentException("option number " + number + " is not a 16-bit value");
      }
    }

    /** An Abort that says only why. */
    public static Abort because(String diagnostic) {
      return new Abort(OptionalInt.empty(), diagnostic);
    }

    @Override
    public Code code() {
      return Code.ABORT;
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.abort(this);
    }
  }
}
