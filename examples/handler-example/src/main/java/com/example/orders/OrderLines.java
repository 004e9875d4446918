package com.example.orders;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;

/**
 * The lines of one order, read as they are asked for: CSV in UTF-8 with the columns {@code article}
 * and {@code quantity}.
 */
final class OrderLines implements AutoCloseable {
  private final CloseableIterator<NamedCsvRecord> records;

  OrderLines(InputStream content, char separator) throws BadOrderException, IOException {
    BufferedReader text = new BufferedReader(new InputStreamReader(content, UTF_8.newDecoder()));
    try {
      skipByteOrderMark(text);
    } catch (CharacterCodingException e) {
      throw notUtf8();
    }
    records = CsvReader.builder().fieldSeparator(separator).ofNamedCsvRecord(text).iterator();
  }

  /** Excel begins its files with one. */
  private static void skipByteOrderMark(BufferedReader text) throws IOException {
    text.mark(1);
    if (text.read() != '\uFEFF') {
      text.reset();
    }
  }

  private static BadOrderException notUtf8() {
    return new BadOrderException("not UTF-8");
  }

  /** The next line, or empty after the last one. */
  Optional<OrderLine> next() throws BadOrderException, IOException {
    try {
      return records.hasNext() ? Optional.of(line(records.next())) : Optional.empty();
    } catch (CsvParseException e) {
      throw new BadOrderException("not valid CSV");
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof CharacterCodingException) {
        throw notUtf8();
      }
      throw e.getCause();
    }
  }

  private static OrderLine line(NamedCsvRecord line) throws BadOrderException {
    String article = field(line, "article");
    try {
      int quantity = Integer.parseInt(field(line, "quantity").strip());
      if (quantity > 0) {
        return new OrderLine(article, quantity);
      }
    } catch (NumberFormatException e) {
      throw noQuantity(line);
    }
    throw noQuantity(line);
  }

  private static String field(NamedCsvRecord line, String name) throws BadOrderException {
    return line.findField(name)
        .filter(value -> !value.isBlank())
        .orElseThrow(
            () ->
                new BadOrderException("line " + line.getStartingLineNumber() + " has no " + name));
  }

  private static BadOrderException noQuantity(NamedCsvRecord line) {
    return new BadOrderException(
        "line " + line.getStartingLineNumber() + ": the quantity is no whole number above 0");
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
