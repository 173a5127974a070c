package io.odin.persistence.benchmarks.engine;

import com.mysql.cj.conf.PropertyKey;
import com.mysql.cj.conf.PropertySet;
import com.mysql.cj.protocol.StandardSocketFactory;
import java.net.Socket;

/**
 * Sockets that count, for the MySQL driver: it makes one of these from {@code socketFactory} in the
 * URL. The name to count under is the {@code resourceId}, of which the driver makes nothing else.
 */
public final class MySqlSockets extends StandardSocketFactory {

  /** Called by the driver. */
  public MySqlSockets() {}

  @Override
  protected Socket createSocket(PropertySet properties) {
    return RoundTrips.socket(properties.getStringProperty(PropertyKey.resourceId).getValue());
  }
}
