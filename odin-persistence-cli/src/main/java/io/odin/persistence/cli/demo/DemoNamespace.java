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
 * @param name its name, which tells what it is
 */
record DemoNamespace(NamespaceId id, String name) {

  /** Makes it, with the attributes that orders have. */
  static DemoNamespace create(Persistence persistence) {
    String name = "demo-" + UUID.randomUUID().toString().substring(0, 8);
    NamespaceId id = NamespaceId.create();
    persistence.namespaces().create(id, name, settings(Archival.ENABLED));
    OrderVisibility.register(persistence.visibility(), id);
    return new DemoNamespace(id, name);
  }

  /** Ends the archiving of its runs: the archive of the demo is temporary. */
  void archiveNoMore(NamespaceStore store) {
    store.update(id, settings(Archival.DISABLED), 1);
  }

  /** Deletes it after a demo that was not completed, also after an interrupt. */
  void delete(NamespaceStore store) {
    boolean interrupted = Thread.interrupted();
    try {
      store.find(id).ifPresent(stored -> store.delete(id, stored.version()));
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static NamespaceSettings settings(Archival archival) {
    return NamespaceSettings.builder()
        .description("made by odin demo; nobody needs it any more")
        .retentionDays(1)
        .historyArchival(archival)
        .build();
  }
}
