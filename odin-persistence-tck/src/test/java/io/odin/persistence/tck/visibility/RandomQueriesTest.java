package io.odin.persistence.tck.visibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.visibility.query.VisibilityQuery;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The random queries of the kit. */
class RandomQueriesTest {

  private final Random random = new Random(1);
  private final RandomQueries queries = new RandomQueries(random);

  @Test
  void queries_areValid() {
    for (int i = 0; i < 5_000; i++) {
      String query = queries.next().text();
      assertThat(VisibilityQuery.parse(query).bind(Samples.attributeTypes())).as(query).isPresent();
    }
  }

  @Test
  void queries_mostlyFindSomeButNotAllRuns() {
    RandomRuns runs = new RandomRuns(random, new NamespaceId(new UUID(1, 1)));
    List<SearchedRun> all = Stream.generate(runs::next).limit(200).toList();
    int selective = 0;
    for (int i = 0; i < 1_000; i++) {
      SampleQuery query = queries.next();
      long found = all.stream().filter(query::finds).count();
      selective += found > 0 && found < all.size() ? 1 : 0;
    }
    assertThat(selective).isGreaterThan(750);
  }

  @Test
  void truth_isThatOfSql() {
    for (Truth truth : Truth.values()) {
      assertThat(truth.not().not()).isEqualTo(truth);
      assertThat(truth.and(Truth.FALSE)).isEqualTo(Truth.FALSE);
      assertThat(truth.and(Truth.TRUE)).isEqualTo(truth);
      assertThat(truth.or(Truth.TRUE)).isEqualTo(Truth.TRUE);
      assertThat(truth.or(Truth.FALSE)).isEqualTo(truth);
    }
    assertThat(Truth.UNKNOWN.not()).isEqualTo(Truth.UNKNOWN);
    assertThat(Truth.UNKNOWN.and(Truth.UNKNOWN)).isEqualTo(Truth.UNKNOWN);
    assertThat(Truth.UNKNOWN.or(Truth.UNKNOWN)).isEqualTo(Truth.UNKNOWN);
  }
}
