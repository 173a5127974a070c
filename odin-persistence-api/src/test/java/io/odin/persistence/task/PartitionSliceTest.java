package io.odin.persistence.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.odin.persistence.error.InvalidRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionSliceTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 7, 10, 512, 1000, 1023, 1024})
  void slices_coverEveryHashOnce_inPartsOfEqualSize(int count) {
    long next = 0;
    for (int index = 0; index < count; index++) {
      PartitionSlice slice = PartitionSlice.of(index, count);
      assertThat(slice.from()).isEqualTo((int) next);
      assertThat(slice.to() - (long) slice.from() + 1)
          .isBetween((1L << 31) / count, (1L << 31) / count + 1);
      next = slice.to() + 1L;
    }
    assertThat(next).isEqualTo(1L << 31);
  }

  @Test
  void all_isTheOnlySliceOfOne() {
    assertThat(PartitionSlice.all()).isEqualTo(PartitionSlice.of(0, 1));
    assertThat(PartitionSlice.all()).isEqualTo(new PartitionSlice(0, Integer.MAX_VALUE));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0, 1025", "-1, 4", "4, 4"})
  void of_outside_isRefused(int index, int count) {
    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(() -> PartitionSlice.of(index, count));
  }

  @ParameterizedTest
  @CsvSource({"-1, 5", "5, 4"})
  void range_thatIsNone_isRefused(int from, int to) {
    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(() -> new PartitionSlice(from, to));
    assertThat(new PartitionSlice(5, 5).to()).isEqualTo(5);
  }
}
