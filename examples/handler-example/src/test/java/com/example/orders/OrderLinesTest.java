package com.example.orders;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderLinesTest {
  private static List<OrderLine> read(byte[] content) throws Exception {
    List<OrderLine> all = new ArrayList<>();
    try (OrderLines lines = new OrderLines(new ByteArrayInputStream(content), ';')) {
      for (Optional<OrderLine> line = lines.next(); line.isPresent(); line = lines.next()) {
        all.add(line.get());
      }
    }
    return all;
  }

  @Test
  void readsLines_inAnyOrderOfColumns() throws Exception {
    String text = "quantity;note;article\n2;;4711\r\n 10 ;\"a;b\";\"Stühle; blau\"\n";

    assertThat(read(text.getBytes(UTF_8)))
        .containsExactly(new OrderLine("4711", 2), new OrderLine("Stühle; blau", 10));
  }

  @Test
  void readsWhatExcelWrites() throws Exception {
    assertThat(read("\uFEFFarticle;quantity\n4711;2".getBytes(UTF_8)))
        .containsExactly(new OrderLine("4711", 2));
  }

  @ParameterizedTest
  @CsvSource({
    "'article;quantity\n1;1\n2;two', 'line 3: the quantity is no whole number above 0'",
    "'article;quantity\n1;0', 'line 2: the quantity is no whole number above 0'",
    "'article;quantity\n;5', 'line 2 has no article'",
    "'article;amount\n1;5', 'line 2 has no quantity'",
  })
  void saysWhereAnOrderIsBad_withoutQuotingIt(String text, String problem) {
    assertThatThrownBy(() -> read(text.getBytes(UTF_8)))
        .isInstanceOf(BadOrderException.class)
        .hasMessage(problem);
  }

  @Test
  void refusesOtherEncodings() {
    assertThatThrownBy(() -> read("article;quantity\nStühle;1".getBytes(ISO_8859_1)))
        .isInstanceOf(BadOrderException.class)
        .hasMessage("not UTF-8");
  }
}
