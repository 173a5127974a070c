package io.odin.persistence;

import io.odin.persistence.internal.Require;

/**
 * The user and the password of a connection. Never prints the password.
 *
 * @param username the database user
 * @param password its password, empty if the server requires none
 */
public record Credentials(String username, String password) {

  /** Refuses null. */
  public Credentials {
    Require.nonNull("username", username);
    Require.nonNull("password", password);
  }

  @Override
  public String toString() {
    return "Credentials[" + username + "]";
  }
}
