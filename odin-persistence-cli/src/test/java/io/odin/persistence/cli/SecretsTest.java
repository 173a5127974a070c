package io.odin.persistence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with a URL or an argument, no command prints a part that may be a password. */
class SecretsTest {

  private static final String SECRET = "s3cr3t";
  private static final List<String> COMMANDS =
      List.of(
          "demo",
          "schema status",
          "schema status --json",
          "schema migrate",
          "schema sql",
          "doctor",
          "doctor --json",
          "monitor --once",
          "monitor --once --json",
          "retention run",
          "retention run --dry-run --json");

  static Stream<String> urls() {
    return Stream.of("jdbc:postgresql:", "jdbc:mysql:", "postgresql:", "mysql:")
        .flatMap(
            scheme ->
                Stream.of(
                        "//localhost:99999/odin?user=me&password=SECRET",
                        "//me:SECRET@localhost:99999/odin",
                        "//me:SECRET@localhost:1/odin",
                        "//me:SECRET@host.invalid/odin",
                        "//me:SECRET/odin",
                        "//me:SECRET",
                        "//me:a/SECRET@localhost:1/odin",
                        "//me:a?SECRET@localhost:1/odin",
                        "//me:a#SECRET@localhost:1/odin",
                        "//me:a:SECRET@localhost:1/odin",
                        "//localhost:port/odin?password=SECRET",
                        "//localhost:1/odin;password=SECRET",
                        "//localhost:1/odin?password=a&SECRET",
                        "//localhost:1/odin?password=a%SECRET",
                        "//localhost:1/odin?sslmode=require;password=SECRET",
                        "//localhost:1/odin?sslmode=SECRET",
                        "//localhost:1/odin?sslMode=SECRET",
                        "//localhost:1/odin?socketFactory=SECRET",
                        "me:SECRET@localhost/odin",
                        "//(host=localhost,password=SECRET)/odin",
                        "loadbalance://me:SECRET@localhost:1/odin")
                    .map(place -> scheme + place.replace("SECRET", SECRET)));
  }

  @ParameterizedTest
  @MethodSource("urls")
  void aUrl(String url) {
    for (String command : COMMANDS) {
      List<String> line = new ArrayList<>(List.of(command.split(" ")));
      line.addAll(List.of("--url", url));
      assertKept(line);
      line.addAll(List.of("--user", "me", "--password", SECRET, "--stacktrace"));
      assertKept(line);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--user --password=SECRET",
        "--user --password=it's-SECRET",
        "--user --password 'SECRET",
        "--user=me --password=a --password=SECRET",
        "--user me --password -SECRET",
        "--user me --password --SECRET",
        "--user me --password a SECRET",
        "--user me --password a -SECRET",
        "--user me --pasword=SECRET",
        "--user me --passwordSECRET",
        "--password=SECRET",
        "--shards --password=SECRET",
        "--shards SECRET",
        "--shards=SECRET",
        "--json=SECRET",
        "--archive file:SECRET%zz",
        "--archive s3://me:SECRET@bucket/x",
        "--archive \0SECRET",
        "--workflows SECRET",
        "--every SECRET",
        "--section SECRET",
        "SECRET",
        "@SECRET"
      })
  void anArgument(String arguments) {
    for (String command : COMMANDS) {
      for (String rest : List.of("", " --stacktrace")) {
        String line = command + " --url jdbc:postgresql://localhost:1/odin " + arguments + rest;
        assertKept(List.of(line.replace("SECRET", SECRET).split(" ")));
        assertKept(
            List.of((arguments + " " + command + rest).replace("SECRET", SECRET).split(" ")));
      }
    }
  }

  private static void assertKept(List<String> line) {
    CommandResult result = CommandResult.of(line.toArray(String[]::new));

    assertThat(result.exitCode()).as("%s", line).isNotZero();
    assertThat(result.out() + result.err()).as("%s", line).isNotBlank();
    assertThat(result.out() + result.err()).as("%s", line).doesNotContainIgnoringCase(SECRET);
  }
}
