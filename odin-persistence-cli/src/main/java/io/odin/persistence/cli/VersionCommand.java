package io.odin.persistence.cli;

import io.odin.persistence.spi.PersistenceProvider;
import java.util.Optional;
import java.util.ServiceLoader;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows the version, and the backends on the class path. */
@Command(name = "version", header = "Shows the version, and the backends that were found.")
final class VersionCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    for (String text : new Provider().getVersion()) {
      spec.commandLine().getOut().println(text);
    }
  }

  /** Finds the version in the jar's manifest. */
  static final class Provider implements IVersionProvider {

    @Override
    public String[] getVersion() {
      String version =
          Optional.ofNullable(Odin.class.getPackage().getImplementationVersion())
              .orElse("(not from a jar)");
      String backends =
          String.join(
              ", ",
              ServiceLoader.load(PersistenceProvider.class).stream()
                  .map(provider -> provider.get().name())
                  .sorted()
                  .toList());
      return new String[] {
        "odin " + version,
        "backends: " + (backends.isEmpty() ? "none" : backends),
        "java: " + System.getProperty("java.version")
      };
    }
  }
}
