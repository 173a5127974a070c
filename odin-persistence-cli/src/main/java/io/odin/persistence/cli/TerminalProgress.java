package io.odin.persistence.cli;

import io.odin.persistence.cli.demo.Progress;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar on standard error. */
final class TerminalProgress implements Progress {

  private final ProgressBar bar;

  private TerminalProgress(int orders) {
    bar =
        new ProgressBarBuilder()
            .setTaskName("demo")
            .setUnit(" orders", 1)
            .setInitialMax(orders)
            .setUpdateIntervalMillis(200)
            .setStyle(ProgressBarStyle.ASCII)
            .continuousUpdate()
            .build();
  }

  /** A bar where there is a terminal to show it on, and else nothing. */
  static Progress ifTerminal(int orders) {
    return Terminal.showsErrors() ? new TerminalProgress(orders) : Progress.none();
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
