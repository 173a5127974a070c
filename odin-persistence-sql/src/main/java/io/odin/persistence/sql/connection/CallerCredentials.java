package io.odin.persistence.sql.connection;

import io.odin.persistence.Credentials;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The supplier of credentials, which is the caller's: whatever it does is a failure to connect that
 * names it. Thread-safe.
 */
public final class CallerCredentials {

  private final Supplier<Credentials> supplier;
  private final AtomicInteger pending = new AtomicInteger();

  /** Nothing is asked of the supplier yet. */
  public CallerCredentials(Supplier<Credentials> supplier) {
    this.supplier = supplier;
  }

  /** A supplier that failed. */
  public static final class CredentialsException extends SQLException {

    private static final long serialVersionUID = 1L;

    private CredentialsException(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** The credentials of this moment. */
  public Credentials current() throws CredentialsException {
    @Nullable Credentials credentials;
    pending.incrementAndGet();
    try {
      credentials = supplier.get();
    } catch (RuntimeException | Error e) {
      // Not with its message: that is the caller's, and may hold what is secret.
      throw failed("threw " + e.getClass().getName(), e);
    } finally {
      pending.decrementAndGet();
    }
    if (credentials == null) {
      throw failed("returned null", null);
    }
    return credentials;
  }

  private CredentialsException failed(String what, @Nullable Throwable cause) {
    return new CredentialsException(
        "the supplier of credentials, " + supplier.getClass().getName() + ", " + what, cause);
  }

  /** Whether a call has not returned yet. */
  public boolean isPending() {
    return pending.get() > 0;
  }
}
