package dev.moat.engine.amplification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.Peer;
import org.junit.jupiter.api.Test;

class AddressLedgerTest {
  private static final Peer ALICE = Peer.of(Bytes.of(192, 0, 2, 1), 1);
  private static final Peer ALICE_TOO = Peer.of(Bytes.of(192, 0, 2, 1), 2);
  private static final Peer BOB = Peer.of(Bytes.of(192, 0, 2, 2), 1);

  private final AddressLedger ledger = new AddressLedger(3, 136, 1_000, 2, 42);

  @Test
  void anAnswerTakesThreeTimesItsRequestAndTheFirstOneMore() {
    Account account = ledger.received(ALICE, 20, 0);
    assertThat(account.budgetOctets(20)).isEqualTo(136);
    account.sent(136);
    assertThat(account.budgetOctets()).isZero();
    assertThat(account.budgetOctets(20)).isEqualTo(60);
    assertThat(ledger.received(ALICE_TOO, 100, 1)).as("ports share").isSameAs(account);
    assertThat(account.budgetOctets()).isEqualTo(3 * 120 - 136);
  }

  @Test
  void proofsHoldForAPortAndATime() {
    ledger.prove(ALICE, 0);
    assertThat(ledger.isProven(ALICE, 999)).isTrue();
    assertThat(ledger.isProven(ALICE, 1_000)).isFalse();
    assertThat(ledger.isProven(ALICE_TOO, 0)).isFalse();
    ledger.prove(ALICE, 500);
    assertThat(ledger.isProven(ALICE, 1_400)).isTrue();
  }

  @Test
  void bothTablesAreBoundedAndTheOldestGoes() {
    for (int port = 1; port <= 5; port++) {
      ledger.prove(Peer.of(Bytes.of(192, 0, 2, 9), port), 0);
      ledger.received(Peer.of(Bytes.of(192, 0, 2, port), 1), 9, 0);
    }
    assertThat(ledger.size()).isEqualTo(4);
    assertThat(ledger.isProven(Peer.of(Bytes.of(192, 0, 2, 9), 5), 0)).isTrue();
    assertThat(ledger.isProven(Peer.of(Bytes.of(192, 0, 2, 9), 3), 0)).isFalse();
  }

  @Test
  void sweepsWhatIsOld() {
    ledger.prove(ALICE, 0);
    ledger.received(BOB, 9, 500);
    ledger.sweep(999);
    assertThat(ledger.size()).isEqualTo(2);
    ledger.sweep(1_000);
    assertThat(ledger.size()).isEqualTo(1);
    ledger.sweep(1_500);
    assertThat(ledger.size()).isZero();
  }
}
