package dev.moat.cli.conform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CombinedCaseTest {
  private static final String FILE = "edhoc-oscore-rfc9668";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"edhoc_message_3\": \"52d5535f | \"edhoc_message_3\": \"52d5535e | edhoc_message_3",
        "\"oscore_ciphertext\": \"612f | \"oscore_ciphertext\": \"612e | oscore_ciphertext",
        "\"c_r\": \"01\" | \"c_r\": \"02\" | c_r is",
        "\"oscore_kid\": \"01\" | \"oscore_kid\": \"02\" | oscore_kid",
        "\"oscore_partial_iv\": \"00\" | \"oscore_partial_iv\": \"01\" | oscore_partial_iv",
        "\"edhoc_option_number\": 21 | \"edhoc_option_number\": 22 | edhoc_option_number",
        "c140ff582b41 | c140ff582b42 | response_1",
        "c140ff4828c9 | c140ff4828c8 | sequential_response_2",
        "f50382060258208af6 | f50382060258208af7 | response_1",
        "90ff771227ed | 90ff771227ee | combined_response",
        "\"client_sender_key\": \"91 | \"client_sender_key\": \"92 | sender_key",
        "\"master_secret\": \"f9 | \"master_secret\": \"f8 | sender_key",
        "\"nonce\": \"98 | \"nonce\": \"99 | nonce",
        "\"plaintext\": \"01b4 | \"plaintext\": \"02b4 | plaintext",
        "\"aad\": \"8368 | \"aad\": \"8369 | aad",
        "\"expected\": \"4.02\" | \"expected\": \"4.00\" | code is",
        "\"expected\": \"4.00\" | \"expected\": \"accept\" | answer is",
        "\"expected\": \"accept\" | \"expected\": \"4.00\" | code is"
      })
  void noticesALie(String truth, String lie, String what) throws IOException {
    assertThat(new VectorFolder(folder).lie(FILE, truth, lie).out()).contains(what);
  }
}
