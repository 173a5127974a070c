package consumer;

import io.odin.persistence.Persistence;
import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.run.WorkflowKey;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** A Spring Boot application that migrates, opens and closes its database. */
@SpringBootApplication
public class Application {

  /** Starts the application. */
  public static void main(String[] args) {
    SpringApplication.run(Application.class, args);
  }

  @Bean
  PersistenceConfig persistenceConfig(
      @Value("${odin.url}") String url,
      @Value("${odin.user}") String user,
      @Value("${odin.password}") String password) {
    return PersistenceConfig.builder(url).credentials(user, password).poolName("orders").build();
  }

  /** Spring closes it with the application. */
  @Bean
  Persistence persistence(PersistenceConfig config) {
    Persistence.schemaOf(config).migrate();
    return Persistence.open(config);
  }

  @Bean
  ApplicationRunner example(PersistenceConfig config, Persistence odin) {
    return arguments -> {
      ReadmeExample.startAndComplete(config);
      var shop = odin.namespaces().findByName("shop").orElseThrow().id();
      var order = odin.executions().findCurrent(new WorkflowKey(shop, "order-12345")).orElseThrow();
      System.out.println("run: " + order.state());
    };
  }
}
