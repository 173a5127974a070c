package io.odin.persistence.sql.connection;

import io.odin.persistence.error.InvalidRequestException;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Compares the parameters of a URL with what the driver says that it takes. The driver itself would
 * quote a wrong value in its log and in its exception, and call it a failure to connect.
 */
public final class DriverParameters {

  // Of others the drivers take more than they list.
  private static final Set<String> CHOICES =
      Set.of("sslmode", "sslnegotiation", "gssencmode", "channelbinding");
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}[kKmMgG]?");
  private static final Pattern SWITCH =
      Pattern.compile("true|false|yes|no", Pattern.CASE_INSENSITIVE);
  private static final Pattern CLASS = Pattern.compile(".*(?:factory|verifier|callback|classname)");

  private DriverParameters() {}

  /**
   * Refuses a value that the driver does not take.
   *
   * @return the values that were compared with nothing, and so can be anything
   * @throws InvalidRequestException naming the parameter and what it takes
   */
  public static Collection<String> check(JdbcUrl url) {
    Map<String, String> unknown = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    unknown.putAll(url.parameters());
    for (DriverPropertyInfo property : known(url)) {
      String value = url.parameters().get(property.name);
      String wanted = value == null ? null : wanted(property, value);
      if (wanted != null) {
        throw new InvalidRequestException(
            "url",
            "has a value of %s that the driver does not take: write %s"
                .formatted(property.name, wanted));
      }
      if (value != null && isListed(property, value)) {
        unknown.remove(property.name);
      }
    }
    return unknown.values();
  }

  private static boolean isListed(DriverPropertyInfo property, String value) {
    return property.choices != null
        && List.of(property.choices).stream().anyMatch(value::equalsIgnoreCase);
  }

  /** What the value must be, if it is not. */
  private static @Nullable String wanted(DriverPropertyInfo property, String value) {
    String name = property.name.toLowerCase(Locale.ROOT);
    if (property.choices != null && CHOICES.contains(name)) {
      return isListed(property, value) ? null : "one of " + String.join(", ", property.choices);
    }
    String otherwise = property.value == null ? "" : property.value;
    if (NUMBER.matcher(otherwise).matches()) {
      return NUMBER.matcher(value).matches() ? null : "a whole number";
    }
    if (SWITCH.matcher(otherwise).matches()) {
      return SWITCH.matcher(value).matches() ? null : "true or false";
    }
    return CLASS.matcher(name).matches() && !isClass(value)
        ? "the name of a class that is on the class path"
        : null;
  }

  private static boolean isClass(String name) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    for (ClassLoader each :
        new ClassLoader[] {
          loader, DriverParameters.class.getClassLoader(), ClassLoader.getSystemClassLoader()
        }) {
      try {
        Class.forName(name, false, each);
        return true;
      } catch (ClassNotFoundException | LinkageError e) {
        // Another loader may have it.
      }
    }
    return false;
  }

  private static DriverPropertyInfo[] known(JdbcUrl url) {
    try {
      String place = url.at(url.hosts().getFirst());
      return DriverManager.getDriver(place).getPropertyInfo(place, new Properties());
    } catch (SQLException e) {
      // A driver that is missing, or does not say it, is reported when it is to connect.
      return new DriverPropertyInfo[0];
    }
  }
}
