package io.odin.persistence.cli.demo.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OrderTest {

  @Test
  void thirtyOrdersAreOfEveryKindThatCustomersPlace() {
    Set<OrderKind> kinds =
        IntStream.range(0, 30)
            .mapToObj(index -> Order.at(index, "order-" + index).kind())
            .collect(Collectors.toSet());

    assertThat(kinds)
        .isEqualTo(EnumSet.complementOf(EnumSet.of(OrderKind.SCHEDULED, OrderKind.DELIVERY)));
  }

  @Test
  void survivesAsJson() {
    OrderInput input = new OrderInput(Order.at(11, "order-\"11\""), 3);

    assertThat(OrderInput.of(DemoJson.read(DemoJson.write(input.toJson())))).isEqualTo(input);
  }

  @Test
  void everyActivityIsWantedOnce() {
    for (int index = 0; index < 100; index++) {
      assertThat(Order.at(index, "order").activities()).doesNotHaveDuplicates().isNotEmpty();
    }
  }
}
