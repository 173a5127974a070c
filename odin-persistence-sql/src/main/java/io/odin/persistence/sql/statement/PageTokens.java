package io.odin.persistence.sql.statement;

import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.value.PageToken;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/**
 * Turns the key of a row into a page token and back. A token carries a digest of the key and of
 * what it is bound to, so that a foreign, cut or changed one is refused; it is no secret, and gives
 * no access to anything that the caller could not list.
 */
public final class PageTokens {

  private static final byte FORMAT = 1;
  private static final int DIGEST_LENGTH = 12;

  private PageTokens() {}

  /**
   * The token of the page after a row.
   *
   * @param operation the name of the listing
   * @param scope what else the token is bound to
   * @param key the key of the row: texts, numbers, ids and instants
   */
  public static PageToken encode(String operation, String scope, List<Object> key) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(FORMAT);
      out.writeByte(key.size());
      for (Object value : key) {
        write(out, value);
      }
      out.write(digest(operation, scope, bytes.toByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return new PageToken(text(bytes.toByteArray()));
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /**
   * The key in a token.
   *
   * @throws InvalidRequestException if the token is not one of this operation and scope
   */
  public static List<Object> decode(PageToken token, String operation, String scope) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(token.value());
    } catch (IllegalArgumentException e) {
      throw refused();
    }
    int length = bytes.length - DIGEST_LENGTH;
    // The last character has bits to spare, which the decoder does not look at.
    if (!token.value().equals(text(bytes))
        || length < 2
        || bytes[0] != FORMAT
        || !Arrays.equals(
            digest(operation, scope, Arrays.copyOf(bytes, length)),
            Arrays.copyOfRange(bytes, length, bytes.length))) {
      throw refused();
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, 1, length - 1))) {
      int size = in.readByte();
      List<Object> key = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        key.add(read(in));
      }
      return key;
    } catch (IOException e) {
      throw refused();
    }
  }

  private static InvalidRequestException refused() {
    return new InvalidRequestException(
        "pageToken",
        "does not belong to this listing: pass the token of the previous page, unchanged, with the"
            + " same arguments");
  }

  private static void write(DataOutputStream out, Object value) throws IOException {
    switch (value) {
      case String text -> {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeByte('t');
        out.writeShort(utf8.length);
        out.write(utf8);
      }
      case Long number -> {
        out.writeByte('n');
        out.writeLong(number);
      }
      case UUID id -> {
        out.writeByte('u');
        out.writeLong(id.getMostSignificantBits());
        out.writeLong(id.getLeastSignificantBits());
      }
      case Instant instant -> {
        out.writeByte('i');
        out.writeLong(instant.getEpochSecond());
        out.writeInt(instant.getNano());
      }
      default -> throw new IllegalStateException(value.getClass() + " is no key");
    }
  }

  private static Object read(DataInputStream in) throws IOException {
    return switch (in.readByte()) {
      case 't' -> new String(in.readNBytes(in.readUnsignedShort()), StandardCharsets.UTF_8);
      case 'n' -> in.readLong();
      case 'u' -> new UUID(in.readLong(), in.readLong());
      case 'i' -> Instant.ofEpochSecond(in.readLong(), in.readInt());
      default -> throw new IOException("no such type of key");
    };
  }

  private static byte[] digest(String operation, String scope, byte[] content) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((operation + '\n' + scope + '\n').getBytes(StandardCharsets.UTF_8));
      return Arrays.copyOf(digest.digest(content), DIGEST_LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
