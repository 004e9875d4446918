package io.emailmonitor.benchmarks;

import io.emailmonitor.model.EncodedTask;
import io.emailmonitor.model.TaskCodec;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Time for one task in each direction, in microseconds. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgs = {"-XX:+UseSerialGC", "-Xmx1g"})
public class CodecBenchmark {
  /** Bytes of content. */
  @Param({"1024", "20480", "204800", "5242880", "52428800"})
  private int size;

  private Workload workload = Workload.madeUp("none", 0);
  private byte[] json = {};

  @Setup
  public void makeUp() {
    workload = Workload.madeUp("a", size);
    json = encode().json();
  }

  /** What the monitor does: header, base64 and SHA-256 into one new array. */
  @Benchmark
  public EncodedTask encode() {
    return workload.encode(workload.items().get(0));
  }

  /** What a worker does: header, then all of the content through a small buffer. */
  @Benchmark
  public Harness.Tally decode() throws IOException {
    Checked content = new Checked();
    TaskCodec.decode(json).transferContentTo(content);
    return content.taken();
  }
}
