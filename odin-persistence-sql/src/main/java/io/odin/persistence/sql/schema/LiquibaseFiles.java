package io.odin.persistence.sql.schema;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.resource.Resource;
import liquibase.resource.URIResource;
import org.jspecify.annotations.Nullable;

/**
 * The files that lie in one jar or directory with a class. The class path may hold other files of
 * the same names: the jar a second time, or a directory of this project. Immutable and thread-safe.
 */
final class LiquibaseFiles extends ClassLoaderResourceAccessor {

  private final ClassLoader loader;
  private final String root;

  LiquibaseFiles(Class<?> neighbour) {
    super(neighbour.getClassLoader());
    loader = neighbour.getClassLoader();
    String path = neighbour.getName().replace('.', '/') + ".class";
    String url = Objects.requireNonNull(neighbour.getResource("/" + path), path).toString();
    root = url.substring(0, url.length() - path.length());
  }

  /** As Liquibase declares it: null if there is no such file. */
  @Override
  public @Nullable List<Resource> getAll(String path) throws IOException {
    for (URL url : Collections.list(loader.getResources(path))) {
      if (url.toString().equals(root + path)) {
        return List.of(new URIResource(path, URI.create(url.toString())));
      }
    }
    return null;
  }

  @Override
  public void close() {
    // Only a search through directories opens files, and no changelog of a backend asks for one.
  }
}
