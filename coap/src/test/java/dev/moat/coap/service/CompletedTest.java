package dev.moat.coap.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CompletedTest {
  @Test
  void knowsTheValueOfACompletedStageOnly() {
    assertThat(Completed.valueOf(CompletableFuture.completedFuture("now"))).contains("now");
    assertThat(Completed.valueOf(new CompletableFuture<>())).isEmpty();
    assertThat(Completed.valueOf(CompletableFuture.completedStage("hidden"))).isEmpty();
    assertThat(Completed.valueOf(CompletableFuture.failedFuture(new IllegalStateException())))
        .isEmpty();
  }
}
