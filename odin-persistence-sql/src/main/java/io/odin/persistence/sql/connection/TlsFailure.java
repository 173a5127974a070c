package io.odin.persistence.sql.connection;

import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Failures of encryption that last until a setting or a certificate is changed. */
public final class TlsFailure {

  private TlsFailure() {}

  /**
   * What a certificate, a key or a host name has against the connection; empty if it is nothing of
   * that kind, as when the connection breaks during the handshake.
   */
  public static Optional<String> reason(SQLException exception) {
    Optional<String> reason = Optional.empty();
    for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
      if (cause instanceof GeneralSecurityException
          || cause instanceof SSLPeerUnverifiedException) {
        reason =
            Optional.ofNullable(cause.getMessage()).or(() -> Optional.of(exception.toString()));
      }
    }
    return reason;
  }
}
