package io.odin.persistence.execution;

/** How an updated run relates to the current run of its workflow id. */
public enum UpdateMode {
  /** It must be the current run. */
  CURRENT,
  /**
   * It must not be the current run: a run that was imported, or was replaced by another one. The
   * change may make it the current one, see {@link UpdateRun.Builder#makeCurrentInPlaceOf}.
   */
  BYPASS_CURRENT
}
