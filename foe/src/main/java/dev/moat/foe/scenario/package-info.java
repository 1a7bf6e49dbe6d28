/**
 * The scenario language: a text file drawn like the ladders of the draft "Attacks on CoAP", which
 * Foe executes, which documents the attack, and from which the report is drawn.
 * docs/scenario-language.md describes it.
 *
 * <p>Thread rule: everything here is an immutable value; {@link
 * dev.moat.foe.scenario.ScenarioParser} keeps its state within one call.
 */
@NullMarked
package dev.moat.foe.scenario;

import org.jspecify.annotations.NullMarked;
