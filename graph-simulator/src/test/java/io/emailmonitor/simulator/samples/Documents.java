package io.emailmonitor.simulator.samples;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.Adler32;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Small real documents, the same to the byte on every machine: nothing is compressed, because
 * compressors differ between JDKs, and all times are one time.
 */
final class Documents {

  private static final LocalDateTime WRITTEN = LocalDateTime.of(2026, 1, 5, 9, 0);
  private static final String XML =
      "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
  private static final String PACKAGE = "http://schemas.openxmlformats.org/package/2006/";
  private static final String OFFICE =
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

  private Documents() {}

  /** One page with some lines of text (ASCII). */
  static byte[] pdf(String... lines) {
    StringBuilder text = new StringBuilder("BT /F1 14 Tf 72 770 Td 20 TL\n");
    for (String line : lines) {
      text.append('(').append(line.replaceAll("[()\\\\]", "\\\\$0")).append(") Tj T*\n");
    }
    text.append("ET");
    List<String> objects =
        List.of(
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R"
                + " /Resources << /Font << /F1 4 0 R >> >> >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            "<< /Length " + text.length() + " >>\nstream\n" + text + "\nendstream");
    StringBuilder pdf = new StringBuilder("%PDF-1.4\n");
    List<Integer> offsets = new ArrayList<>();
    for (int i = 0; i < objects.size(); i++) {
      offsets.add(pdf.length());
      pdf.append(i + 1).append(" 0 obj\n").append(objects.get(i)).append("\nendobj\n");
    }
    int table = pdf.length();
    pdf.append("xref\n0 ").append(objects.size() + 1).append("\n0000000000 65535 f \n");
    offsets.forEach(at -> pdf.append(String.format(Locale.ROOT, "%010d 00000 n \n", at)));
    pdf.append("trailer\n<< /Size ").append(objects.size() + 1).append(" /Root 1 0 R >>\n");
    pdf.append("startxref\n").append(table).append("\n%%EOF\n");
    return pdf.toString().getBytes(StandardCharsets.US_ASCII);
  }

  static byte[] docx(String... paragraphs) {
    StringBuilder body = new StringBuilder();
    for (String paragraph : paragraphs) {
      body.append("<w:p><w:r><w:t>").append(escaped(paragraph)).append("</w:t></w:r></w:p>");
    }
    String document =
        XML
            + "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>"
            + body
            + "</w:body></w:document>";
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(
        "[Content_Types].xml",
        utf8(
            contentTypes(
                override(
                    "/word/document.xml",
                    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"))));
    files.put("_rels/.rels", utf8(relation("officeDocument", "word/document.xml")));
    files.put("word/document.xml", utf8(document));
    return zip(files);
  }

  /** One sheet; every cell is text. */
  static byte[] xlsx(String... rows) {
    StringBuilder sheet = new StringBuilder();
    for (String row : rows) {
      sheet.append("<row>");
      for (String cell : row.split(";", -1)) {
        sheet.append("<c t=\"inlineStr\"><is><t>").append(escaped(cell)).append("</t></is></c>");
      }
      sheet.append("</row>");
    }
    String main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    String type = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(
        "[Content_Types].xml",
        utf8(
            contentTypes(
                override("/xl/workbook.xml", type + "sheet.main+xml")
                    + override("/xl/worksheets/sheet1.xml", type + "worksheet+xml"))));
    files.put("_rels/.rels", utf8(relation("officeDocument", "xl/workbook.xml")));
    files.put(
        "xl/workbook.xml",
        utf8(
            XML
                + "<workbook "
                + main
                + " xmlns:r=\""
                + OFFICE
                + "\"><sheets><sheet name=\"Sheet1\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"));
    files.put("xl/_rels/workbook.xml.rels", utf8(relation("worksheet", "worksheets/sheet1.xml")));
    files.put(
        "xl/worksheets/sheet1.xml",
        utf8(XML + "<worksheet " + main + "><sheetData>" + sheet + "</sheetData></worksheet>"));
    return zip(files);
  }

  static byte[] csv(String... rows) {
    return utf8(String.join("\r\n", rows) + "\r\n");
  }

  /** A square in one colour. */
  static byte[] png(int side, int red, int green, int blue) {
    ByteBuffer pixels = ByteBuffer.allocate(side * (1 + 3 * side));
    for (int y = 0; y < side; y++) {
      pixels.put((byte) 0);
      for (int x = 0; x < side; x++) {
        pixels.put((byte) red).put((byte) green).put((byte) blue);
      }
    }
    ByteBuffer header = ByteBuffer.allocate(13).putInt(side).putInt(side);
    header.put((byte) 8).put((byte) 2).put((byte) 0).put((byte) 0).put((byte) 0);
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    png.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    png.writeBytes(chunk("IHDR", header.array()));
    png.writeBytes(chunk("IDAT", stored(pixels.array())));
    png.writeBytes(chunk("IEND", new byte[0]));
    return png.toByteArray();
  }

  static byte[] zip(Map<String, byte[]> files) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        CRC32 crc = new CRC32();
        crc.update(file.getValue());
        ZipEntry entry = new ZipEntry(file.getKey());
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(file.getValue().length);
        entry.setCrc(crc.getValue());
        entry.setTimeLocal(WRITTEN);
        zip.putNextEntry(entry);
        zip.write(file.getValue());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] chunk(String type, byte[] content) {
    ByteBuffer chunk = ByteBuffer.allocate(12 + content.length).putInt(content.length);
    chunk.put(type.getBytes(StandardCharsets.US_ASCII)).put(content);
    CRC32 crc = new CRC32();
    crc.update(chunk.array(), 4, 4 + content.length);
    return chunk.putInt((int) crc.getValue()).array();
  }

  /** A zlib stream of one block without compression, which holds up to 65,535 bytes. */
  private static byte[] stored(byte[] content) {
    Adler32 adler = new Adler32();
    adler.update(content);
    ByteBuffer stream = ByteBuffer.allocate(content.length + 11).put((byte) 0x78).put((byte) 1);
    stream.put((byte) 1).putShort(Short.reverseBytes((short) content.length));
    stream.putShort(Short.reverseBytes((short) ~content.length)).put(content);
    return stream.putInt((int) adler.getValue()).array();
  }

  private static String contentTypes(String overrides) {
    return XML
        + "<Types xmlns=\""
        + PACKAGE
        + "content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
        + overrides
        + "</Types>";
  }

  private static String override(String part, String type) {
    return "<Override PartName=\"" + part + "\" ContentType=\"" + type + "\"/>";
  }

  private static String relation(String type, String target) {
    return XML
        + "<Relationships xmlns=\""
        + PACKAGE
        + "relationships\"><Relationship Id=\"rId1\" Type=\""
        + OFFICE
        + '/'
        + type
        + "\" Target=\""
        + target
        + "\"/></Relationships>";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
