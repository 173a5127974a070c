package io.odin.persistence.value;

import io.odin.persistence.internal.Require;

/**
 * The position from which a listing continues: opaque, and valid only for the operation, the
 * namespace and the query that returned it.
 *
 * @param value printable text, safe in a URL
 */
public record PageToken(String value) {

  /**
   * Checks the form only; the store checks that the token belongs to the request.
   *
   * @throws io.odin.persistence.error.InvalidRequestException if the value is null or empty
   */
  public PageToken {
    Require.text("pageToken", value, 4096);
    Require.that(
        !value.isEmpty(), "pageToken", "is empty: leave it out to begin at the first page");
  }
}
