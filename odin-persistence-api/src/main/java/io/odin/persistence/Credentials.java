package io.odin.persistence;

import io.odin.persistence.internal.Require;

/**
 * Who connects. Never prints the password.
 *
 * @param username the database user
 * @param password its password, empty where the server asks for none
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
