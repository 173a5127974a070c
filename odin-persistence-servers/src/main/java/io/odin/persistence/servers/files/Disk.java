package io.odin.persistence.servers.files;

import java.io.IOException;
import java.nio.file.Files;

/** Where a server that is started keeps its files. */
public enum Disk {
  /** In the folder for temporary files. */
  SHARED {
    @Override
    public ServerFiles files(String prefix) throws IOException {
      return new ServerFiles(Files.createTempDirectory(prefix));
    }
  },
  /** On a file system of its own that can be filled. See {@link #canBeOwn}. */
  OWN {
    @Override
    public ServerFiles files(String prefix) throws IOException {
      return SmallDisk.create(prefix);
    }
  };

  /** Makes an empty place for the files of a server. */
  public abstract ServerFiles files(String prefix) throws IOException;

  /** Whether this process may make and mount a file system, which Linux allows to root alone. */
  public static boolean canBeOwn() {
    try {
      SmallDisk.create("odin-disk-").close();
      return true;
    } catch (IOException e) {
      // What is missing for it differs, and makes no difference.
      return false;
    }
  }
}
