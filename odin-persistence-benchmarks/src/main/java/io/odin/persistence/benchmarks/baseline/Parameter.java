package io.odin.persistence.benchmarks.baseline;

import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Where a value goes: in one place, or in several that have the same. */
public final class Parameter {

  private final Baseline baseline;
  private final List<Place> places;

  /**
   * A place.
   *
   * @param index from 1
   */
  record Place(PreparedStatement statement, int index) {}

  Parameter(Baseline baseline, List<Place> places) {
    this.baseline = baseline;
    this.places = List.copyOf(places);
  }

  public void set(long value) throws SQLException {
    for (Place place : places) {
      place.statement().setLong(place.index(), value);
    }
  }

  public void set(int value) throws SQLException {
    for (Place place : places) {
      place.statement().setInt(place.index(), value);
    }
  }

  public void set(boolean value) throws SQLException {
    for (Place place : places) {
      place.statement().setBoolean(place.index(), value);
    }
  }

  public void set(String value) throws SQLException {
    for (Place place : places) {
      place.statement().setString(place.index(), value);
    }
  }

  public void set(byte[] value) throws SQLException {
    for (Place place : places) {
      place.statement().setBytes(place.index(), value);
    }
  }

  public void set(UUID value) throws SQLException {
    for (Place place : places) {
      baseline.set(place.statement(), place.index(), value);
    }
  }

  public void set(Instant value) throws SQLException {
    for (Place place : places) {
      baseline.set(place.statement(), place.index(), value);
    }
  }

  /** Sets an array of the database. */
  void set(Array value) throws SQLException {
    for (Place place : places) {
      place.statement().setArray(place.index(), value);
    }
  }

  /** Sets a JSON document. */
  public void setJson(String value) throws SQLException {
    for (Place place : places) {
      baseline.setJson(place.statement(), place.index(), value);
    }
  }

  /** Sets a value that is not there. */
  public void setNull() throws SQLException {
    for (Place place : places) {
      place.statement().setNull(place.index(), Types.NULL);
    }
  }
}
