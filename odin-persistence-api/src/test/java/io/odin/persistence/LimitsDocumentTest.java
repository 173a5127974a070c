package io.odin.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds the tables of limits in docs/configuration.md to the code. */
class LimitsDocumentTest {

  private static final Path DOCUMENT = Path.of("..", "docs", "configuration.md");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `(\\w+)` \\| ([0-9,]+)( MiB)? \\| [^|]+ \\|$");

  @Test
  void tables_haveEveryLimitWithItsValue() throws IOException, ReflectiveOperationException {
    String text = Files.readString(DOCUMENT);
    Map<String, Long> documented =
        ROW.matcher(text.substring(text.indexOf("## Limits")))
            .results()
            .collect(
                Collectors.toMap(
                    row -> row.group(1),
                    row ->
                        Long.parseLong(row.group(2).replace(",", ""))
                            << (row.group(3) == null ? 0 : 20)));

    assertThat(documented).isEqualTo(limits());
  }

  private static Map<String, Long> limits() throws ReflectiveOperationException {
    Map<String, Long> limits = new TreeMap<>();
    for (RecordComponent component : Limits.class.getRecordComponents()) {
      Number value = (Number) component.getAccessor().invoke(Limits.DEFAULTS);
      limits.put(component.getName(), value.longValue());
    }
    for (Field constant : Limits.class.getFields()) {
      if (Modifier.isStatic(constant.getModifiers()) && constant.getType() == int.class) {
        limits.put(constant.getName(), constant.getLong(null));
      }
    }
    return limits;
  }
}
