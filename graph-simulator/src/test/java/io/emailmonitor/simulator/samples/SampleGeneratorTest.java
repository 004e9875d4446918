package io.emailmonitor.simulator.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

class SampleGeneratorTest {

  private static final Path SHIPPED = Path.of("src/main/resources/samples");

  @Test
  void writesWhatIsShipped() throws IOException {
    Map<String, byte[]> generated = SampleGenerator.files();
    List<String> shipped;
    try (Stream<Path> files = Files.walk(SHIPPED)) {
      shipped =
          files
              .filter(Files::isRegularFile)
              .map(file -> SHIPPED.relativize(file).toString().replace('\\', '/'))
              .toList();
    }
    assertThat(shipped).containsExactlyInAnyOrderElementsOf(generated.keySet());
    for (Map.Entry<String, byte[]> file : generated.entrySet()) {
      assertThat(Files.readAllBytes(SHIPPED.resolve(file.getKey())))
          .as(file.getKey())
          .isEqualTo(file.getValue());
    }
  }

  @Test
  void makesPdfs_whoseTableOfObjectsIsWhereItSays() {
    String pdf = new String(Documents.pdf("Hello (you)"), StandardCharsets.US_ASCII);
    int table = Integer.parseInt(pdf.replaceAll("(?s).*startxref\n(\\d+)\n%%EOF\n", "$1"));
    assertThat(pdf).startsWith("%PDF-").contains("(Hello \\(you\\)) Tj");
    assertThat(pdf.substring(table)).startsWith("xref\n0 6\n");
    int firstObject = Integer.parseInt(pdf.substring(table).split("\n", -1)[3].substring(0, 10));
    assertThat(pdf.substring(firstObject)).startsWith("1 0 obj");
  }

  @Test
  void makesPictures_thatTheJdkReads() throws IOException {
    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(Documents.png(24, 0, 90, 160)));
    assertThat(picture.getWidth()).isEqualTo(24);
    assertThat(picture.getRGB(3, 5) & 0xffffff).isEqualTo(90 << 8 | 160);
  }

  @Test
  void makesOfficeFiles_ofWellFormedXml() throws Exception {
    assertThat(xmlIn(Documents.docx("a & b"))).contains("word/document.xml", "_rels/.rels");
    assertThat(xmlIn(Documents.xlsx("a;b"))).contains("xl/workbook.xml", "_rels/.rels");
  }

  private static List<String> xmlIn(byte[] office) throws Exception {
    List<String> names = new ArrayList<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(office))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        InputStream xml = new ByteArrayInputStream(zip.readAllBytes());
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(xml);
        names.add(entry.getName());
      }
    }
    return names;
  }
}
