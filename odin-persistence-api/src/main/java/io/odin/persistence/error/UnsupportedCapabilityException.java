package io.odin.persistence.error;

import io.odin.persistence.Capability;

/** The backend declares that it cannot do this. */
public final class UnsupportedCapabilityException extends PersistenceException {

  private static final long serialVersionUID = 1L;

  private final Capability capability;

  /**
   * Refuses.
   *
   * @param backend the backend's name
   * @param capability what it does not have
   */
  public UnsupportedCapabilityException(String backend, Capability capability) {
    super(
        Outcome.NOT_APPLIED,
        Retry.NEVER,
        "backend " + backend + " does not support " + capability,
        null);
    this.capability = capability;
  }

  /** What the backend does not have. */
  public Capability capability() {
    return capability;
  }
}
