package io.odin.persistence.sql.write;

import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.value.Bytes;
import io.odin.persistence.value.Json;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a write: its operation and all of its arguments. Two requests have the same one
 * exactly if they are the same request.
 *
 * @param id the first half of the hash, in the form of a UUID
 * @param contentHash SHA-256 of operation and arguments
 */
public record WriteId(UUID id, Bytes contentHash) {

  private static final long VERSION_8 = 0x8000L;
  private static final long VERSION_MASK = 0xF000L;
  private static final long VARIANT = 0x8000000000000000L;
  private static final long VARIANT_MASK = 0xC000000000000000L;

  /** Of an operation and its arguments, which have the names of columns. */
  public static WriteId of(String operation, Binds arguments) {
    MessageDigest digest = sha256();
    add(digest, operation);
    arguments.forEach(
        (name, value) -> {
          add(digest, name);
          add(digest, text(value));
        });
    byte[] hash = digest.digest();
    ByteBuffer bytes = ByteBuffer.wrap(hash);
    return new WriteId(
        new UUID(
            (bytes.getLong() & ~VERSION_MASK) | VERSION_8,
            (bytes.getLong() & ~VARIANT_MASK) | VARIANT),
        Bytes.copyOf(hash));
  }

  private static @Nullable String text(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Json json -> json.canonicalText();
      case Bytes bytes -> HexFormat.of().formatHex(bytes.toByteArray());
      default -> value.toString();
    };
  }

  /** Preceded by its length, so that different requests never feed the same bytes. */
  private static void add(MessageDigest digest, @Nullable String text) {
    byte[] bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, text == null ? -1 : bytes.length));
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
