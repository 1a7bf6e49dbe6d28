package dev.moat.foe.scenario;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What Foe makes with its own hand: a message of a handshake in a CoAP message that fits the
 * moment.
 *
 * @param message which one
 * @param recorded the name of an earlier message whose payload it has; empty for one of Foe's own
 *     making
 * @param errorCode ERR_CODE of an error message
 * @param suite SUITES_R of an error message with code 2
 * @param times how often
 * @param spoofed true when it gets the victim's address as its source
 */
public record Craft(
    HandshakeMessage message,
    Optional<String> recorded,
    int errorCode,
    OptionalInt suite,
    int times,
    boolean spoofed) {}
