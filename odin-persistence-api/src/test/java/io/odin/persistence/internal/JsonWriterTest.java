package io.odin.persistence.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JsonWriterTest {

  @Test
  void document_hasNoWhiteSpace() {
    String document =
        new JsonWriter()
            .beginObject()
            .name("text")
            .value("a \"quote\", a \\ and a \n")
            .name("numbers")
            .beginArray()
            .value(1)
            .value(Long.MIN_VALUE)
            .value(0.5)
            .endArray()
            .name("yes")
            .value(true)
            .name("bytes")
            .value("odin".getBytes(StandardCharsets.UTF_8))
            .name("raw")
            .json("{ \"as\" : \"given\" }")
            .endObject()
            .document();
    assertThat(document)
        .isEqualTo(
            "{\"text\":\"a \\\"quote\\\", a \\\\ and a \\n"
                + "\",\"numbers\":[1,-9223372036854775808,0.5],\"yes\":true,\"bytes\":\"b2Rpbg==\",\"raw\":{"
                + " \"as\" : \"given\" }}");
  }

  @Test
  void documentOfManyThreads_areSeparate() throws ExecutionException, InterruptedException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> same :
          IntStream.range(0, 200).mapToObj(i -> threads.submit(() -> isReadBack(i))).toList()) {
        assertThat(same.get()).isTrue();
      }
    }
  }

  private static boolean isReadBack(int i) {
    String text = (i + "\n\u00e9").repeat(1000);
    String document = new JsonWriter().beginObject().name("a").value(text).endObject().document();
    return PlainMembers.of(document).equals(Map.of("a", text));
  }
}
