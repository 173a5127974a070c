package io.odin.persistence.servers;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a server is and who may do everything there.
 *
 * @param parameters of every URL, with their question mark, or empty
 */
record MySqlAddress(String host, int port, String parameters, String user, String password) {

  private static final int DEFAULT_PORT = 3306;
  private static final Pattern URL =
      Pattern.compile(
          "jdbc:mysql://(?<host>[^:/?,]+)(:(?<port>\\d{1,5}))?/[^?]*([?](?<parameters>.*))?");

  /** The address in a JDBC URL that says who connects. */
  static MySqlAddress of(String url) {
    Matcher matcher = URL.matcher(url);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "a URL is wanted that looks like jdbc:mysql://localhost:3306/?user=root&password=...");
    }
    String user = "root";
    String password = "";
    List<String> others = new ArrayList<>();
    String parameters = matcher.group("parameters");
    if (parameters != null && !parameters.isEmpty()) {
      for (String parameter : parameters.split("&", -1)) {
        if (parameter.startsWith("user=")) {
          user = parameter.substring("user=".length());
        } else if (parameter.startsWith("password=")) {
          password = parameter.substring("password=".length());
        } else {
          others.add(parameter);
        }
      }
    }
    String port = matcher.group("port");
    return new MySqlAddress(
        matcher.group("host"),
        port == null ? DEFAULT_PORT : Integer.parseInt(port),
        others.isEmpty() ? "" : "?" + String.join("&", others),
        user,
        password);
  }

  /** A server on this machine without passwords or parameters. */
  static MySqlAddress local(int port) {
    return new MySqlAddress("127.0.0.1", port, "", "root", "");
  }

  String url(String database) {
    return "jdbc:mysql://" + host + ":" + port + "/" + database + parameters;
  }
}
