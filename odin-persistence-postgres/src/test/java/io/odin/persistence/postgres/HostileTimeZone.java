package io.odin.persistence.postgres;

import java.util.TimeZone;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** Lets a test class run in a time zone of half hours and summer time, and ends it afterwards. */
final class HostileTimeZone implements BeforeAllCallback, AfterAllCallback {

  private static final Namespace NAMESPACE = Namespace.create(HostileTimeZone.class);

  @Override
  public void beforeAll(ExtensionContext context) {
    context.getStore(NAMESPACE).put(context.getUniqueId(), TimeZone.getDefault());
    TimeZone.setDefault(TimeZone.getTimeZone("America/St_Johns"));
  }

  @Override
  public void afterAll(ExtensionContext context) {
    TimeZone.setDefault(context.getStore(NAMESPACE).get(context.getUniqueId(), TimeZone.class));
  }
}
