package io.odin.persistence.value;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BytesTest {

  @Test
  void content_isCopiedInAndOut() {
    byte[] given = {1, 2, 3};
    Bytes bytes = Bytes.copyOf(given);
    given[0] = 9;
    bytes.toByteArray()[1] = 9;
    assertThat(bytes.toByteArray()).containsExactly(1, 2, 3);
    assertThat(bytes.size()).isEqualTo(3);
  }

  @Test
  void equality_isByContent() {
    assertThat(Bytes.copyOf(new byte[] {1, 2}))
        .isEqualTo(Bytes.copyOf(new byte[] {1, 2}))
        .hasSameHashCodeAs(Bytes.copyOf(new byte[] {1, 2}))
        .isNotEqualTo(Bytes.copyOf(new byte[] {2, 1}));
    assertThat(Bytes.empty()).isEqualTo(Bytes.copyOf(new byte[0]));
  }

  @Test
  void toString_showsNoPayload() {
    assertThat(Bytes.copyOf(new byte[] {65, 66})).hasToString("Bytes[2]");
  }
}
