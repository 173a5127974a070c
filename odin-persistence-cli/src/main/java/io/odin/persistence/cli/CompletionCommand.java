package io.odin.persistence.cli;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints a script that completes commands and options in a shell. */
@Command(
    name = "completion",
    header = "Prints a script that completes commands and options in bash and zsh.",
    description = {
      "",
      "In bash: source <(odin completion)",
      "In zsh:  autoload -U +X compinit && compinit, then the same",
      "To keep it, put the line in ~/.bashrc or ~/.zshrc.",
      ""
    })
final class CompletionCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    CommandLine odin = Odin.commandLine();
    // Its class is in another module.
    odin.addSubcommand("bench", CommandSpec.create());
    spec.commandLine().getOut().print(AutoComplete.bash(odin.getCommandName(), odin));
  }
}
