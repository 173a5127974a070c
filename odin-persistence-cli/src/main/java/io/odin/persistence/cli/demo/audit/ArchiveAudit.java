package io.odin.persistence.cli.demo.audit;

import io.odin.persistence.Persistence;
import io.odin.persistence.cli.demo.audit.Findings.Checked;
import io.odin.persistence.cli.demo.audit.Findings.Kind;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.retention.Archiver;
import io.odin.persistence.run.RunKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Checks that the old orders, and no others, are in the archive and not in the database. */
public final class ArchiveAudit {

  private final Persistence persistence;
  private final Archiver archiver;
  private final Findings findings;

  /** An audit that adds to the findings. */
  public ArchiveAudit(Persistence persistence, Archiver archiver, Findings findings) {
    this.persistence = persistence;
    this.archiver = archiver;
    this.findings = findings;
  }

  /**
   * Checks the archive.
   *
   * @param old the runs that are to be archived, with their histories
   * @param archived how many runs were archived
   */
  public void check(Map<RunKey, List<HistoryEvent>> old, long archived) {
    if (archived > old.size()) {
      findings.add(
          Kind.LOST, archived + " runs were deleted, of which " + old.size() + " were old");
    }
    old.forEach(
        (run, history) -> {
          findings.checked(Checked.ARCHIVED_RUNS, 1);
          if (!inArchive(run).equals(history)) {
            findings.add(Kind.LOST, run + " is not in the archive as it was");
          }
          if (isStored(run)) {
            findings.add(Kind.FAULT, run + " was archived and is still stored");
          }
        });
  }

  private boolean isStored(RunKey run) {
    return persistence.executions().find(run).isPresent()
        || persistence.visibility().find(run).isPresent();
  }

  private List<HistoryEvent> inArchive(RunKey run) {
    List<HistoryEvent> events = new ArrayList<>();
    try {
      archiver.read(run, events::add);
    } catch (IOException e) {
      throw new UncheckedIOException("the archive of " + run + " cannot be read", e);
    }
    return events;
  }
}
