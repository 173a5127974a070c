package io.odin.persistence.sql.connection;

import io.odin.persistence.Credentials;
import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.error.InvalidRequestException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A JDBC URL taken apart: a driver gets the place of one host, and all the rest as properties, so
 * that no text which quotes a URL has a user, a password or a parameter. A URL that cannot be taken
 * apart without doubt is refused, and no refusal quotes it. Immutable and thread-safe.
 */
public final class JdbcUrl {

  private static final Pattern OTHER_SCHEME = Pattern.compile("jdbc:(?:[A-Za-z0-9_+.-]+:)+");
  private static final Pattern PARTS =
      Pattern.compile("(?://(?<authority>[^/?]*))?/?(?<database>[^?]*)(?:\\?(?<parameters>.*))?");
  private static final Pattern HOST =
      Pattern.compile("(?:[\\p{L}\\p{N}._-]+|\\[[0-9A-Fa-f:.%]+])(?::(?<port>[0-9]{1,5}))?");
  private static final Pattern DATABASE = Pattern.compile("[\\p{L}\\p{N}_.$~%+-]*");
  private static final Pattern PARAMETER = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]*");
  private static final Pattern HIDDEN_ACCOUNT =
      Pattern.compile("(?:user|password)[0-9]?\\s*=", Pattern.CASE_INSENSITIVE);
  private static final String USER = "user";
  private static final String PASSWORD = "password";

  private final String scheme;
  private final List<String> hosts;
  private final String database;
  private final Map<String, String> parameters;
  private final Credentials credentials;

  private JdbcUrl(
      String scheme,
      List<String> hosts,
      String database,
      Map<String, String> parameters,
      Credentials credentials) {
    this.scheme = scheme;
    this.hosts = List.copyOf(hosts);
    this.database = database;
    this.parameters = parameters;
    this.credentials = credentials;
  }

  /**
   * Takes the URL of a configuration apart.
   *
   * @throws InvalidRequestException if it is malformed; the message has no part of it
   * @throws io.odin.persistence.error.BackendFailureException if it asks for what the backend
   *     cannot let it have
   */
  public static JdbcUrl of(PersistenceConfig config, Connector connector) {
    JdbcUrl url = of(config.url(), connector.urlPrefix());
    connector.requireUrl(url);
    return url;
  }

  static JdbcUrl of(String url, String prefix) {
    String scheme = prefix;
    if (!url.startsWith(prefix)) {
      // That of a driver which wraps another one.
      Matcher other = OTHER_SCHEME.matcher(url);
      if (!other.lookingAt()) {
        throw refusal("is not a JDBC URL: it begins with " + prefix);
      }
      scheme = other.group();
    }
    String rest = url.substring(scheme.length());
    if (rest.chars().anyMatch(c -> c <= ' ' || c == '#' || c == '\\' || c == 0x7f)) {
      throw refusal("has a space, a # or a \\: in a name, a password or a value write %20 %23 %5C");
    }
    Matcher parts = PARTS.matcher(rest);
    if (!parts.matches()) {
      throw refusal("is not of the form " + form(prefix));
    }
    String database = parts.group("database");
    if (!DATABASE.matcher(database).matches()) {
      throw refusal(
          "has something else than a name where the database belongs: write it as "
              + form(prefix)
              + ", and other characters than letters and digits as %2F and so on");
    }
    decoded(database);
    Map<String, String> parameters = parameters(parts.group("parameters"));
    String authority = parts.group("authority") == null ? "" : parts.group("authority");
    Credentials account = account(authority, parameters);
    return new JdbcUrl(
        scheme,
        hosts(authority.substring(authority.lastIndexOf('@') + 1), prefix),
        database,
        parameters,
        account);
  }

  private static String form(String prefix) {
    return prefix + "//host:port,host:port/database?name=value&name=value";
  }

  private static InvalidRequestException refusal(String reason) {
    return new InvalidRequestException("url", reason);
  }

  /** A plus is a plus: the drivers differ, and in a password it is rarely meant as a space. */
  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw refusal("has a % without two digits: write %25 for it");
    }
  }

  private static Map<String, String> parameters(@Nullable String text) {
    Map<String, String> parameters = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    if (text == null || text.isEmpty()) {
      return parameters;
    }
    for (String parameter : text.split("&", -1)) {
      int equals = parameter.indexOf('=');
      if (parameter.isEmpty()) {
        continue;
      }
      String name = equals < 0 ? "" : parameter.substring(0, equals);
      if (!PARAMETER.matcher(name).matches()) {
        throw refusal(
            "has a parameter that is not name=value: in a value write %26 for &, %3F for ? and %25"
                + " for %");
      }
      String value = decoded(parameter.substring(equals + 1));
      boolean secret = name.toLowerCase(Locale.ROOT).contains(PASSWORD);
      if (!secret && HIDDEN_ACCOUNT.matcher(value).find()) {
        throw refusal(
            "has a user or a password within the value of another parameter: write & before it");
      }
      parameters.put(name, value);
    }
    return parameters;
  }

  /** Takes user and password from where they can be. */
  private static Credentials account(String authority, Map<String, String> parameters) {
    String user = parameters.remove(USER);
    String password = parameters.remove(PASSWORD);
    int at = authority.lastIndexOf('@');
    if (at >= 0) {
      String[] account = authority.substring(0, at).split(":", -1);
      String first = decoded(account[0]);
      if (account.length > 2 || authority.indexOf('@') < at || first.indexOf(':') >= 0) {
        throw refusal(
            "has one of : @ in its user or its password: write %3A %40, or give both by"
                + " themselves");
      }
      user = first.isEmpty() ? user : first;
      password = account.length == 1 ? password : decoded(account[1]);
    }
    return new Credentials(user == null ? "" : user, password == null ? "" : password);
  }

  private static List<String> hosts(String text, String prefix) {
    List<String> hosts = new ArrayList<>();
    for (String host : text.split(",", -1)) {
      if (text.isEmpty()) {
        hosts.add("localhost");
        continue;
      }
      Matcher parts = HOST.matcher(host);
      if (!parts.matches()) {
        throw refusal(
            "has something else than host names and ports where the hosts belong: write "
                + form(prefix)
                + ", and user and password by themselves");
      }
      String port = parts.group("port");
      if (port != null && (Integer.parseInt(port) < 1 || Integer.parseInt(port) > 65_535)) {
        throw refusal("has a port that is not a number from 1 to 65535");
      }
      hosts.add(host);
    }
    return hosts;
  }

  /** What it begins with, up to the hosts: {@code jdbc:postgresql:}. */
  public String scheme() {
    return scheme;
  }

  /** The hosts, each with its port if it has one; at least one. */
  public List<String> hosts() {
    return hosts;
  }

  /** The name of the database as it is written in the URL; empty if it names none. */
  public String database() {
    return database;
  }

  /** The parameters, without user and password, whatever the case of their names. */
  public Map<String, String> parameters() {
    return parameters;
  }

  /** User and password, each empty if the URL has none. */
  public Credentials credentials() {
    return credentials;
  }

  /** The URL of one host, without parameters. */
  public String at(String host) {
    return scheme + "//" + host + "/" + database;
  }

  /** Without anything that may be secret. */
  @Override
  public String toString() {
    return scheme + "//" + String.join(",", hosts) + "/" + database;
  }
}
