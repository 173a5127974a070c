package io.odin.persistence.error;

import io.odin.persistence.value.Capability;

/** The backend does not have the capability. */
public final class UnsupportedCapabilityException extends PersistenceException {

  private static final long serialVersionUID = 1L;

  private final Capability capability;

  /**
   * Reports the missing capability.
   *
   * @param backend the backend's name
   * @param capability the missing capability
   */
  public UnsupportedCapabilityException(String backend, Capability capability) {
    super(
        Outcome.NOT_APPLIED,
        Retry.NEVER,
        "backend " + backend + " does not support " + capability,
        null);
    this.capability = capability;
  }

  /** The missing capability. */
  public Capability capability() {
    return capability;
  }
}
