package io.emailmonitor.simulator.samples;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes all samples into the folder given as its argument: {@code src/main/resources/samples}. */
final class SampleGenerator {

  private SampleGenerator() {}

  public static void main(String[] arguments) throws IOException {
    Path root = Path.of(arguments[0]);
    for (Map.Entry<String, byte[]> file : files().entrySet()) {
      Path path = root.resolve(file.getKey());
      Files.createDirectories(path.toAbsolutePath().getParent());
      Files.write(path, file.getValue());
    }
  }

  /** Path below the folder -> content. */
  static Map<String, byte[]> files() {
    Map<String, byte[]> files = new java.util.TreeMap<>();
    files.putAll(new InvoiceSamples().files());
    files.putAll(new OrderSamples().files());
    files.putAll(new ClaimSamples().files());
    files.putAll(new ReportSamples().files());
    files.putAll(new WrappedSamples().files());
    String index = String.join("\n", files.keySet()) + "\n";
    files.put("index.txt", index.getBytes(StandardCharsets.UTF_8));
    String groups =
        """
        {
          "billing@contoso.example": ["invoices@contoso.example", "finance@contoso.example"],
          "finance@contoso.example": ["shared-reports@contoso.example", "retired@contoso.example"]
        }
        """;
    files.put("_groups.json", groups.getBytes(StandardCharsets.UTF_8));
    return files;
  }
}
