package io.odin.persistence.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MySqlAddressTest {

  @Test
  void of_takesTheUrlApart() {
    MySqlAddress address =
        MySqlAddress.of("jdbc:mysql://db:3307/mysql?user=admin&useSSL=false&password=a=b");

    assertThat(address).isEqualTo(new MySqlAddress("db", 3307, "?useSSL=false", "admin", "a=b"));
    assertThat(address.url("odin")).isEqualTo("jdbc:mysql://db:3307/odin?useSSL=false");
  }

  @Test
  void of_whatIsLeftOut_isTheDefault() {
    assertThat(MySqlAddress.of("jdbc:mysql://db/"))
        .isEqualTo(new MySqlAddress("db", 3306, "", "root", ""));
  }

  @Test
  void of_anotherUrl_saysWhatIsWanted() {
    assertThatThrownBy(() -> MySqlAddress.of("jdbc:postgresql://db/"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("jdbc:mysql://localhost:3306/?user=root&password=...");
  }
}
