package io.odin.persistence.tck.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.odin.persistence.Credentials;
import io.odin.persistence.Persistence;
import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.error.Outcome;
import io.odin.persistence.error.PersistenceException;
import io.odin.persistence.tck.harness.Scenario;
import io.odin.persistence.tck.harness.StoreTck;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What passwords must not get into, and where a URL may have them. */
public abstract class SecretsTck extends StoreTck {

  private static final String SECRET = "S3cr3t";
  private static final Pattern URL =
      Pattern.compile("(?<scheme>jdbc:[^/]*)//(?<place>[^/?]+)/(?<database>[^?]+)(?<rest>.*)");

  /** For backends. */
  protected SecretsTck() {}

  private static Matcher parts(PersistenceConfig config) {
    Matcher parts = URL.matcher(config.url());
    assertThat(parts.matches()).isTrue();
    return parts;
  }

  /** URLs in which a password is, of the database under test and of none. */
  private static Stream<String> urls(PersistenceConfig config) {
    Matcher parts = parts(config);
    String scheme = parts.group("scheme");
    String rest = parts.group("rest");
    String more = rest.isEmpty() ? "?" : rest + "&";
    return Stream.of(
            "//me:SECRET@localhost:99999/odin",
            "//localhost:99999/odin?user=me&password=SECRET",
            "//localhost:port/odin?user=me&password=SECRET",
            "//localhost:1:2/odin?user=me&password=SECRET",
            "//localhost:-1/odin?password=SECRET",
            "//host.invalid:1/odin?user=me&password=SECRET",
            "//me:SECRET@host.invalid/odin",
            "//me:SECRET/odin",
            "//me:SECRET",
            "//me:SECRET@",
            "//me:SECRET@/",
            "//me:a@SECRET@localhost:1/odin",
            "//me:a/SECRET@localhost:1/odin",
            "//me:a?SECRET@localhost:1/odin",
            "//me:a#SECRET@localhost:1/odin",
            "//me:a:SECRET@localhost:1/odin",
            "//me:a%SECRET@localhost:1/odin",
            "//me%3ASECRET@localhost:1/odin",
            "//me:1/SECRET@localhost:1/odin",
            "//me:1?SECRET@localhost:1/odin",
            "//[::1:SECRET]:1/odin",
            "//localhost:1,me:SECRET@localhost:1/odin",
            "//me:SECRET@localhost:1,localhost:99999/odin",
            "//localhost:1/odin;password=SECRET",
            "//localhost:1/odin&password=SECRET",
            "//localhost:1/odin/password=SECRET",
            "//localhost:1/odin?password=SECRET?x",
            "//localhost:1/odin?password=a&SECRET",
            "//localhost:1/odin?password=a%SECRET",
            "//localhost:1/odin?password=a SECRET",
            "//localhost:1/odin?sslmode=require;password=SECRET",
            "//localhost:1/odin?sslMode=REQUIRED;password=SECRET",
            "//localhost:1/odin?user=me&amp;password=SECRET",
            "//localhost:1/odin?sslmode=SECRET",
            "//localhost:1/odin?sslMode=SECRET",
            "//localhost:1/odin?socketFactory=SECRET",
            "//localhost:1/odin?tcpKeepAlive=SECRET",
            "//localhost:1/odin?connectTimeout=SECRET",
            "//localhost:1/odin?Password=SECRET",
            "me:SECRET@localhost/odin",
            "/me:SECRET@localhost/odin",
            "//address=(host=localhost)(port=1)(password=SECRET)/odin",
            "//(host=localhost,port=1,user=me,password=SECRET)/odin",
            "//[(host=localhost,password=SECRET)]/odin",
            "loadbalance://me:SECRET@localhost:1/odin",
            "replication://me:SECRET@localhost:1/odin",
            "SECRET://localhost:1/odin",
            // Those of servers, which say what they do not like.
            "//PLACE/DATABASE" + more + "user=someone&password=SECRET",
            "//someone:SECRET@PLACE/DATABASE" + rest,
            "//someone:SECRET@PLACE/nowhere" + rest,
            "//PLACE/nowhere" + more + "user=someone&password=SECRET")
        .map(
            url ->
                scheme
                    + url.replace("SECRET", SECRET)
                        .replace("PLACE", parts.group("place"))
                        .replace("DATABASE", parts.group("database")));
  }

  @Test
  @Scenario("X-15")
  void everyCall_withAUrlThatIsWrong_keepsThePassword() {
    List<LogRecord> log = new ArrayList<>();
    Handler handler = recording(log);
    Logger root = Logger.getLogger("");
    Level before = root.getLevel();
    root.setLevel(Level.ALL);
    root.addHandler(handler);
    try {
      urls(database().config())
          .forEach(
              url -> {
                PersistenceConfig config =
                    PersistenceConfig.builder(url)
                        .connectionTimeout(Duration.ofSeconds(1))
                        .shardCount(persistence().shardCount())
                        .build();
                assertThat(config.toString()).doesNotContain(SECRET);
                assertKept(() -> provider().open(config).close(), url);
                assertKept(() -> provider().schema(config).status(), url);
                assertKept(() -> provider().schema(config).migrate(), url);
                assertKept(() -> provider().schema(config).migrationSql(), url);
              });
    } finally {
      root.removeHandler(handler);
      root.setLevel(before);
    }
    SimpleFormatter text = new SimpleFormatter();
    assertThat(List.copyOf(log).stream().map(text::format))
        .allSatisfy(entry -> assertThat(entry).doesNotContainIgnoringCase(SECRET));
  }

  private static Handler recording(List<LogRecord> log) {
    Handler handler =
        new Handler() {
          @Override
          public synchronized void publish(LogRecord entry) {
            log.add(entry);
          }

          @Override
          public void flush() {
            // Nothing is kept back.
          }

          @Override
          public void close() {
            // Nothing is open.
          }
        };
    handler.setLevel(Level.ALL);
    return handler;
  }

  private static void assertKept(ThrowingCallable call, String url) {
    Throwable failure = catchThrowable(call);
    if (failure != null) {
      StringWriter trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace));
      assertThat(trace.toString()).as(url).doesNotContainIgnoringCase(SECRET);
      assertThat(failure).as(url).isInstanceOf(PersistenceException.class);
      assertThat(((PersistenceException) failure).outcome()).isEqualTo(Outcome.NOT_APPLIED);
    }
  }

  @Test
  @Scenario("X-16")
  void open_withUserAndPasswordInTheUrl_connects() {
    PersistenceConfig config = database().config();
    Credentials credentials = config.credentials().get();
    Matcher parts = parts(config);
    String rest = parts.group("rest");
    String account = encoded(credentials.username()) + ":" + encoded(credentials.password());

    for (String url :
        List.of(
            config.url()
                + (rest.isEmpty() ? "?" : "&")
                + "user="
                + encoded(credentials.username())
                + "&password="
                + encoded(credentials.password()),
            parts.group("scheme")
                + "//"
                + account
                + "@"
                + parts.group("place")
                + "/"
                + parts.group("database")
                + rest)) {
      try (Persistence opened =
          provider()
              .open(
                  PersistenceConfig.builder(url).shardCount(persistence().shardCount()).build())) {
        assertThat(opened.namespaces().find(namespace())).isPresent();
      }
    }
  }

  private static String encoded(String text) {
    return text.replace("%", "%25").replace("@", "%40").replace(":", "%3A").replace("/", "%2F");
  }
}
