package consumer;

import io.odin.persistence.Persistence;
import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.run.WorkflowKey;
import java.util.List;

/** Runs the steps that the arguments name, after the URL, the user and the password. */
public final class Main {

  private Main() {}

  /** Starts the program. */
  public static void main(String[] args) {
    PersistenceConfig config =
        PersistenceConfig.builder(args[0]).credentials(args[1], args[2]).build();
    for (String step : List.of(args).subList(3, args.length)) {
      switch (step) {
        case "migrate" -> migrate(config);
        case "run" -> run(config);
        default -> throw new IllegalArgumentException(step);
      }
    }
  }

  private static void migrate(PersistenceConfig config) {
    var schema = Persistence.schemaOf(config);
    System.out.println("SQL to migrate: " + !schema.migrationSql().isEmpty());
    System.out.println("current: " + schema.migrate().isCurrent());
  }

  private static void run(PersistenceConfig config) {
    ReadmeExample.startAndComplete(config);
    try (Persistence odin = Persistence.open(config.toBuilder().poolName("named").build())) {
      var shop = odin.namespaces().findByName("shop").orElseThrow().id();
      var order = odin.executions().findCurrent(new WorkflowKey(shop, "order-12345")).orElseThrow();
      System.out.println("run: " + order.state());
      System.out.println("current: " + Persistence.schemaOf(config).status().isCurrent());
    }
  }
}
