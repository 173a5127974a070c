import io.odin.persistence.benchmarks.Benchmarks;
import io.odin.persistence.cli.Odin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.codegen.docgen.manpage.ManPageGenerator;

/**
 * Writes what is made from the options of the commands: the completion for bash and zsh, and the
 * manual pages as AsciiDoc, which the build turns into troff.
 */
final class CommandFiles {
  public static void main(String[] args) throws IOException {
    var target = Path.of(args[0]);
    var bench = new CommandLine(Benchmarks.class);
    // A program of its own, which has no command above it whose options it would inherit.
    bench.getCommandSpec().name("bench").mixinStandardHelpOptions(false);
    var odin = new CommandLine(Odin.class).addSubcommand("bench", bench);
    complete(odin, odin.getCommandSpec().version());
    var completion = Files.createDirectories(target.resolve("completion"));
    Files.writeString(completion.resolve("odin"), AutoComplete.bash("odin", odin));
    var status =
        ManPageGenerator.generateManPage(
            target.resolve("asciidoc").toFile(), null, new boolean[0], true, odin.getCommandSpec());
    System.exit(status);
  }

  /** Every page shows the version, and describes the command. */
  private static void complete(CommandLine command, String... version) {
    var spec = command.getCommandSpec().version(version);
    if (String.join("", spec.usageMessage().description()).isBlank()) {
      spec.usageMessage().description(spec.usageMessage().header());
    }
    command.getSubcommands().values().forEach(each -> complete(each, version));
  }
}
