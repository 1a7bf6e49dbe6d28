package dev.moat.coap.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PipelineTest {
  private static Filter<String, String> adding(String letter) {
    return (request, next) -> next.handle(request + letter).thenApply(answer -> answer + letter);
  }

  @Test
  void runsStagesFromTheOutermostToTheInnermostAndBack() {
    Pipeline<String, String> pipeline =
        Pipeline.<String, String>start().then("outer", adding("a")).then("inner", adding("b"));
    assertThat(pipeline.names()).containsExactly("outer", "inner");
    assertThat(
            pipeline
                .into(request -> CompletableFuture.completedFuture(request + "|"))
                .handle("")
                .toCompletableFuture())
        .isCompletedWithValue("ab|ba");
  }
}
