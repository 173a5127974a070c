package io.odin.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.value.Page;
import io.odin.persistence.value.PageRequest;
import io.odin.persistence.value.PageToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagingTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 1000})
  void limit_from1To1000_isTaken(int limit) {
    PageToken token = new PageToken("t");
    assertThat(PageRequest.first(limit)).isEqualTo(new PageRequest(limit, Optional.empty()));
    assertThat(PageRequest.after(token, limit))
        .isEqualTo(new PageRequest(limit, Optional.of(token)));
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 1001, Integer.MAX_VALUE})
  void limit_outside_isRefused(int limit) {
    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(() -> PageRequest.first(limit))
        .withMessage("limit is " + limit + ": it must be within 1..1000");
  }

  @Test
  void token_isNeitherEmptyNorEndless() {
    assertThat(new PageToken("x".repeat(4096)).value()).hasSize(4096);
    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(() -> new PageToken("x".repeat(4097)))
        .withMessageStartingWith("pageToken has 4097 characters");
    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(() -> new PageToken(""))
        .withMessageStartingWith("pageToken is empty");
  }

  @Test
  void page_copiesItsItems() {
    List<String> items = new ArrayList<>(List.of("a"));
    Page<String> page = new Page<>(items, Optional.empty());
    items.clear();
    assertThat(page.items()).containsExactly("a");
  }
}
