package io.odin.persistence.cli.demo;

import io.odin.persistence.Persistence;
import io.odin.persistence.cli.demo.order.OrderVisibility;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.namespace.NamespaceSettings;
import io.odin.persistence.namespace.NamespaceSettings.Archival;
import io.odin.persistence.namespace.NamespaceStore;
import java.util.UUID;

/**
 * The namespace that a demo works in.
 *
 * @param id its id
 * @param name its name, which begins with "demo-"
 */
record DemoNamespace(NamespaceId id, String name) {

  /** Creates it, with the search attributes of orders. */
  static DemoNamespace create(Persistence persistence) {
    String name = "demo-" + UUID.randomUUID().toString().substring(0, 8);
    NamespaceId id = NamespaceId.create();
    persistence.namespaces().create(id, name, settings(Archival.ENABLED));
    OrderVisibility.register(persistence.visibility(), id);
    return new DemoNamespace(id, name);
  }

  /** Ends the archiving of its runs: the archive of the demo is temporary. */
  void endArchiving(NamespaceStore store) {
    store.update(id, settings(Archival.DISABLED), 1);
  }

  /** Deletes it, after a demo that was not completed. */
  void delete(NamespaceStore store) {
    store.find(id).ifPresent(stored -> store.delete(id, stored.version()));
  }

  private static NamespaceSettings settings(Archival archival) {
    return NamespaceSettings.builder()
        .description("made by odin demo; not needed after it")
        .retentionDays(1)
        .historyArchival(archival)
        .build();
  }
}
