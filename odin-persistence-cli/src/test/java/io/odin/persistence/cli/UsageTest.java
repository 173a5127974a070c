package io.odin.persistence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What needs no database: help, versions, and command lines that are wrong. */
class UsageTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "demo --help",
        "schema --help",
        "schema status --help",
        "schema migrate --help",
        "schema sql --help",
        "doctor --help",
        "monitor --help",
        "retention --help",
        "retention run --help",
        "completion --help",
        "version --help",
        "-h"
      })
  void helpGoesToStandardOutput(String line) {
    CommandResult result = CommandResult.of(line.split(" "));

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).contains("Usage: odin");
    assertThat(result.out().lines()).allMatch(text -> text.length() <= 80);
    assertThat(result.err()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "demo --workflows 0             | --workflows is 0: it must be 1 to 1000000",
        "demo --workflows -1            | --workflows is -1",
        "demo --workflows many          | Invalid value for option '--workflows'",
        "demo --workflows 1000001       | it must be 1 to 1000000",
        "demo --workers 0               | --workers is 0: it must be 1 to 100",
        "demo --shards 0                | --shards is 0: it must be 1 to 65536",
        "demo --shards 0 --backend papyrus | --shards is 0",
        "demo --colour                  | there is no option --colour",
        "demo --user me                 | --user and --password need --url",
        "schema status                  | --url is missing",
        "schema status --url            | Missing required parameter for option '--url'",
        "schema                         | status, migrate or sql",
        "schema statis                  | no command statis, only",
        "schema sql --url x y           | an argument too many",
        "dmeo                           | no command dmeo, only",
        "doctor                         | --url is missing",
        "monitor --once                 | --url is missing",
        "monitor --every 0              | --every is 0: it must be 1 to 3600",
        "monitor --section tables       | there is only shard-distribution, unowned-shards",
        "doctor --url postgresql://me:a/b@h/x | --url is not a URL: before its last @",
        "doctor @missing                | the options file, named after the @, cannot be read",
        "retention                      | retention needs a command: run",
        "retention run                  | --url is missing",
        "retention rum                  | no command rum, only purge, run",
        "schema status --url x --password p | --password needs --user",
        "schema status --url jdbc:papyrus:x | backend cannot be derived from the URL",
        "schema status --url jdbc:postgresql:x --backend papyrus | papyrus is not known",
        "schema status --url jdbc:mysql://h/x --backend postgres | backend is postgres, but the URL"
            + " is",
        "torture --backend papyrus | --backend must be postgres or mysql",
        "torture --duration soon | --duration must be like 90s, 20m or 2h",
        "torture --duration 0s   | --duration must be like 90s",
        "torture --workers 17    | --workers is 17: it must be 1 to 16",
        "torture --faults kill,flood | --faults must be some of kill, pause",
        "demo --backend papyrus | without --url it must be postgres or mysql",
        "demo --backend papyrus --url jdbc:postgresql:x | papyrus is not known"
      })
  void wrongCommandLinesEndInOneLine(String line, String message) {
    CommandResult result = CommandResult.of(line.strip().split(" "));

    assertThat(result.exitCode()).isEqualTo(Odin.USAGE);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).startsWith("odin: ").contains(message.strip());
    assertThat(result.err().lines()).hasSize(1);
  }

  /** As when a script's variable is not set: it is not the directory that one happens to be in. */
  @Test
  void anEmptyArchiveIsNoPlace() {
    CommandResult result =
        CommandResult.of("retention", "run", "--url", "jdbc:postgresql:x", "--archive", "");

    assertThat(result.exitCode()).isEqualTo(Odin.USAGE);
    assertThat(result.err()).contains("--archive is empty: name a directory, or leave it out");
  }

  @Test
  void noCommandAtAllIsWrong() {
    CommandResult result = CommandResult.of();

    assertThat(result.exitCode()).isEqualTo(Odin.USAGE);
    assertThat(result.err()).contains("a command is missing: demo, schema").contains("odin --help");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "schema status --url jdbc:postgresql:x --pasword=secret",
        "schema status --url jdbc:postgresql:x secret",
        "schema status --url jdbc:postgresql:x --user me --password a secret",
        "schema status --url jdbc:postgresql:x --user --password=secret --stacktrace",
        "schema status --url jdbc:postgresql:x --shards --password=secret",
        "schema status --url postgresql://me:sec/secret@h/x",
        "schema status --url jdbc:postgresql:x @secret",
        "schema status --url jdbc:papyrus://me:secret@host/x?password=secret",
        "schema status --url jdbc:papyrus:x --user me --password secret --stacktrace"
      })
  void aPasswordIsNeverPrinted(String line) {
    CommandResult result = CommandResult.of(line.split(" "));

    assertThat(result.exitCode()).isEqualTo(Odin.USAGE);
    assertThat(result.out() + result.err()).doesNotContain("secret").isNotBlank();
  }

  @Test
  void theCompletionScriptKnowsEveryCommand() {
    CommandResult result = CommandResult.of("completion");

    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .contains("complete -F _complete_odin")
        .contains("demo schema doctor monitor retention torture completion version bench")
        .contains("task-queue-backlog");
  }

  @Test
  void optionsAreReadFromAFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("options");
    Files.writeString(file, "# the archive of orders\n--url jdbc:papyrus:x\n--shards 8\n");

    CommandResult result = CommandResult.of("schema", "status", "@" + file);

    assertThat(result.exitCode()).isEqualTo(Odin.USAGE);
    assertThat(result.err()).contains("backend cannot be derived from the URL");
  }

  @Test
  void withoutATerminalThePasswordIsNotAskedFor() {
    CommandResult result =
        CommandResult.of(
            "schema", "status", "--url", "jdbc:postgresql:x", "--user", "me", "--password");

    assertThat(result.exitCode()).isEqualTo(Odin.USAGE);
    assertThat(result.err()).contains("set ODIN_PASSWORD instead");
  }

  @Test
  void stackTracesAreShownOnlyWhenAskedFor() {
    assertThat(CommandResult.of("demo", "--colour").err()).doesNotContain("\tat ");
    assertThat(CommandResult.of("demo", "--stacktrace", "--workers", "0").err()).contains("\tat ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "-V", "version"})
  void versionNamesTheBackends(String line) {
    CommandResult result = CommandResult.of(line);

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).startsWith("odin ").contains("backends: mysql, postgres");
  }

  @Test
  void anUnknownUrlListsTheBackends() {
    CommandResult result = CommandResult.of("demo", "--url", "jdbc:papyrus:x");

    assertThat(result.exitCode()).isEqualTo(Odin.USAGE);
    assertThat(result.err()).contains("found there: mysql, postgres");
  }
}
