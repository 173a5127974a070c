package io.odin.persistence.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** Writes one JSON document with Jackson's generator, without white space. Not thread-safe. */
public final class JsonWriter {

  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          // Not the buffers of a thread, since virtual threads are as many as there are calls.
          .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
          .build();

  private final StringWriter output = new StringWriter();
  private final JsonGenerator generator;

  /** Begins a document. */
  public JsonWriter() {
    try {
      generator = FACTORY.createGenerator(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A text as JSON writes it: in quotes, and with escapes where they must be. */
  public static String quoted(String content) {
    StringBuilder output = new StringBuilder(content.length() + 2).append('"');
    JsonStringEncoder.getInstance().quoteAsString(content, output);
    return output.append('"').toString();
  }

  /** Begins an object. */
  public JsonWriter beginObject() {
    return write(generator::writeStartObject);
  }

  /** Ends an object. */
  public JsonWriter endObject() {
    return write(generator::writeEndObject);
  }

  /** Begins an array. */
  public JsonWriter beginArray() {
    return write(generator::writeStartArray);
  }

  /** Ends an array. */
  public JsonWriter endArray() {
    return write(generator::writeEndArray);
  }

  /** Writes the name of the next member. */
  public JsonWriter name(String name) {
    return write(() -> generator.writeFieldName(name));
  }

  /**
   * Writes a value.
   *
   * @param value a String, a number, a Boolean, or a byte array, which becomes a text in base64
   */
  public JsonWriter value(Object value) {
    return write(() -> generator.writeObject(value));
  }

  /** Writes a document as a value, as its text is. */
  public JsonWriter json(String document) {
    return write(() -> generator.writeRawValue(document));
  }

  /** Ends the document and returns it. */
  public String document() {
    write(generator::close);
    return output.toString();
  }

  private interface Action {
    void run() throws IOException;
  }

  private JsonWriter write(Action action) {
    try {
      action.run();
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory cannot be written", e);
    }
    return this;
  }
}
