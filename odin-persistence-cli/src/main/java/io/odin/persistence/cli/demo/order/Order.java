package io.odin.persistence.cli.demo.order;

import io.odin.persistence.run.WorkflowState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * An order, which determines what has to be done for it: each activity exactly once, whatever
 * happens to workers, leases and shards.
 *
 * @param id the workflow id
 * @param kind what happens to it
 * @param lines how many articles have to be reserved
 * @param deliveries how many parcels have to be shipped
 */
public record Order(String id, OrderKind kind, int lines, int deliveries) {

  /** How many deliveries of a standing order fit into one run. */
  static final int DELIVERIES_PER_RUN = 2;

  /** The activity that charges the card. */
  public static final String CHARGE = "charge";

  /** The activity that compensates the reservations. */
  public static final String RELEASE_STOCK = "release-stock";

  static final String DELIVERY_WINDOW = "delivery-window";
  static final String PAYMENT_DEADLINE = "payment-deadline";

  private static final List<String> ARTICLES = List.of("tea", "coffee", "cocoa", "mate", "milk");
  private static final int CUSTOMERS = 100;
  private static final double PRICE_OF_LINE = 12.5;
  private static final double PRICE_OF_DELIVERY = 3.9;

  /** The order with that index in the order book. */
  public static Order at(int index, String id) {
    OrderKind kind =
        switch (index % 25) {
          case 3 -> OrderKind.FLAKY_PAYMENT;
          case 5, 15 -> OrderKind.CHILD_DELIVERY;
          case 7 -> OrderKind.DECLINED;
          case 9 -> OrderKind.RESET;
          case 11, 23 -> OrderKind.RECURRING;
          case 13, 21 -> OrderKind.CANCELED;
          case 17 -> OrderKind.HANGING_WORKER;
          case 19 -> OrderKind.NEW_CARD;
          case 2, 6, 10, 14, 18, 22 -> OrderKind.TIMED_DELIVERY;
          default -> OrderKind.PLAIN;
        };
    int deliveries =
        switch (kind) {
          case RECURRING -> 3 + index % 3;
          case CHILD_DELIVERY -> 2;
          default -> 1;
        };
    return new Order(id, kind, 1 + index % 3, deliveries);
  }

  /**
   * An order book.
   *
   * @param accepted the workflow ids that can be used
   */
  public static List<Order> book(String prefix, int count, Predicate<String> accepted) {
    List<Order> orders = new ArrayList<>(count);
    for (int number = 1; orders.size() < count; number++) {
      String id = prefix + "-" + number;
      if (accepted.test(id)) {
        orders.add(at(orders.size(), id));
      }
    }
    return orders;
  }

  static String reservation(int line) {
    return "reserve-" + line;
  }

  /** The activity that ships a parcel. */
  public static String shipment(int delivery) {
    return "ship-" + delivery;
  }

  /**
   * The delivery of this order, which is a workflow of its own.
   *
   * @param deliveryId its workflow id, which begins with the id of the order and a slash
   */
  public Order delivery(String deliveryId) {
    return new Order(deliveryId, OrderKind.DELIVERY, lines, deliveries);
  }

  /** The customer, who is also that of the delivery of an order. */
  public String customer() {
    String ordered = id.split("/", 2)[0];
    return "customer-" + Math.floorMod(ordered.hashCode(), CUSTOMERS);
  }

  /** The articles, one for each line. */
  public List<String> articles() {
    return IntStream.range(0, lines)
        .mapToObj(line -> ARTICLES.get(Math.floorMod(id.hashCode() + line, ARTICLES.size())))
        .toList();
  }

  /** The price. */
  public double amount() {
    return lines * PRICE_OF_LINE + deliveries * PRICE_OF_DELIVERY;
  }

  /** The state in which it has to end. */
  public WorkflowState end() {
    return kind.end();
  }

  /**
   * The activities whose effects have to be there, once each. Of a canceled order any of them may
   * be missing.
   */
  public List<String> activities() {
    Stream<String> reservations = numbered(lines, Order::reservation);
    Stream<String> shipments = numbered(deliveries, Order::shipment);
    Stream<String> all =
        switch (kind) {
          case CANCELED -> reservations;
          case DECLINED -> Stream.concat(reservations, Stream.of(RELEASE_STOCK));
          case CHILD_DELIVERY -> Stream.concat(reservations, Stream.of(CHARGE));
          case DELIVERY -> shipments;
          case PLAIN,
              TIMED_DELIVERY,
              FLAKY_PAYMENT,
              NEW_CARD,
              RESET,
              RECURRING,
              HANGING_WORKER,
              SCHEDULED ->
              Stream.concat(reservations, Stream.concat(Stream.of(CHARGE), shipments));
        };
    return all.toList();
  }

  private static Stream<String> numbered(int count, IntFunction<String> name) {
    return IntStream.rangeClosed(1, count).mapToObj(name);
  }

  /** The timers that have to fire, once each. */
  public List<String> timers() {
    return kind == OrderKind.TIMED_DELIVERY ? List.of(DELIVERY_WINDOW) : List.of();
  }

  /** How many workflows it starts. */
  public int children() {
    return kind == OrderKind.CHILD_DELIVERY ? 1 : 0;
  }

  /** How often an operator resets it. */
  public int resets() {
    return kind == OrderKind.RESET ? 1 : 0;
  }

  /** How many runs the order takes, with those that were reset. */
  public int runs() {
    return (deliveries + DELIVERIES_PER_RUN - 1) / DELIVERIES_PER_RUN + resets();
  }
}
