package io.odin.persistence.cli;

import io.odin.persistence.cli.report.Progress;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar on standard error. */
final class TerminalProgress implements Progress {

  private final ProgressBar bar;

  private TerminalProgress(String task, long steps) {
    bar =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(steps)
            .setUpdateIntervalMillis(200)
            .setStyle(ProgressBarStyle.ASCII)
            .continuousUpdate()
            // With a width: without one it opens the terminal, and takes SIGINT for itself.
            .setConsumer(new ConsoleProgressBarConsumer(System.err, Terminal.size().columns() - 1))
            .build();
  }

  /** A bar if standard error is a terminal, otherwise nothing. */
  static Progress ifTerminal(String task, long steps) {
    return Terminal.showsErrors() ? new TerminalProgress(task, steps) : Progress.none();
  }

  @Override
  public void phase(String name) {
    bar.setExtraMessage(name);
  }

  @Override
  public void step() {
    bar.step();
  }

  @Override
  public void close() {
    bar.close();
  }
}
