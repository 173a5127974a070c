package io.odin.persistence.namespace;

import io.odin.persistence.internal.Require;
import io.odin.persistence.value.Json;
import java.util.Optional;

/**
 * The settings of a namespace. An update replaces all of them.
 *
 * @param description at most 4000 characters
 * @param ownerId the contact, at most 255 characters
 * @param retentionDays the retention of closed runs, 0 to 36500 days; 0 keeps them for ever
 * @param historyArchival whether histories are archived before they are deleted
 * @param visibilityArchival whether visibility records are archived before they are deleted
 * @param scope whether the namespace is in one cluster or in several
 * @param clusterConfig replication settings, opaque to the store
 * @param data data that the owner keeps with the namespace
 */
public record NamespaceSettings(
    Optional<String> description,
    Optional<String> ownerId,
    int retentionDays,
    Archival historyArchival,
    Archival visibilityArchival,
    Scope scope,
    Json clusterConfig,
    Json data) {

  /**
   * Checks every field.
   *
   * @throws io.odin.persistence.error.InvalidRequestException naming the field that is out of
   *     bounds
   */
  public NamespaceSettings {
    Require.nonNull("description", description)
        .ifPresent(text -> Require.message("description", text));
    Require.optionalId("ownerId", ownerId);
    Require.between("retentionDays", retentionDays, 0, 36_500);
    Require.nonNull("historyArchival", historyArchival);
    Require.nonNull("visibilityArchival", visibilityArchival);
    Require.nonNull("scope", scope);
    Require.nonNull("clusterConfig", clusterConfig);
    Require.nonNull("data", data);
  }

  /** Whether data is archived before it is deleted. */
  public enum Archival {
    /** Deleted without an archive. */
    DISABLED,
    /** Archived first. */
    ENABLED
  }

  /** The clusters of a namespace. */
  public enum Scope {
    /** In one cluster. */
    LOCAL,
    /** In several clusters. */
    GLOBAL
  }

  /** The defaults: 30 days of retention, no archive, one cluster. */
  public static NamespaceSettings defaults() {
    return builder().build();
  }

  /** A builder that begins with {@link #defaults()}. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that begins with these settings. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.description = description;
    builder.ownerId = ownerId;
    builder.retentionDays = retentionDays;
    builder.historyArchival = historyArchival;
    builder.visibilityArchival = visibilityArchival;
    builder.scope = scope;
    builder.clusterConfig = clusterConfig;
    builder.data = data;
    return builder;
  }

  /** Collects settings. Not thread-safe. */
  public static final class Builder {
    private Optional<String> description = Optional.empty();
    private Optional<String> ownerId = Optional.empty();
    private int retentionDays = 30;
    private Archival historyArchival = Archival.DISABLED;
    private Archival visibilityArchival = Archival.DISABLED;
    private Scope scope = Scope.LOCAL;
    private Json clusterConfig = Json.emptyObject();
    private Json data = Json.emptyObject();

    private Builder() {}

    /** Sets the description. */
    public Builder description(String value) {
      description = Optional.of(Require.nonNull("description", value));
      return this;
    }

    /** Leaves the description out. */
    public Builder noDescription() {
      description = Optional.empty();
      return this;
    }

    /** Sets the owner. */
    public Builder ownerId(String value) {
      ownerId = Optional.of(Require.nonNull("ownerId", value));
      return this;
    }

    /** Leaves the owner out. */
    public Builder noOwnerId() {
      ownerId = Optional.empty();
      return this;
    }

    /** Sets the retention in days, 0 for ever. */
    public Builder retentionDays(int value) {
      retentionDays = value;
      return this;
    }

    /** Sets whether histories are archived. */
    public Builder historyArchival(Archival value) {
      historyArchival = value;
      return this;
    }

    /** Sets whether visibility records are archived. */
    public Builder visibilityArchival(Archival value) {
      visibilityArchival = value;
      return this;
    }

    /** Sets whether the namespace is in one cluster or in several. */
    public Builder scope(Scope value) {
      scope = value;
      return this;
    }

    /** Sets the replication settings. */
    public Builder clusterConfig(Json value) {
      clusterConfig = value;
      return this;
    }

    /** Sets the owner's data. */
    public Builder data(Json value) {
      data = value;
      return this;
    }

    /**
     * The settings.
     *
     * @throws io.odin.persistence.error.InvalidRequestException naming the field that is out of
     *     bounds
     */
    public NamespaceSettings build() {
      return new NamespaceSettings(
          description,
          ownerId,
          retentionDays,
          historyArchival,
          visibilityArchival,
          scope,
          clusterConfig,
          data);
    }
  }
}
