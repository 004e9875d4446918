package io.emailmonitor.monitor.graph;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import okhttp3.Interceptor;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.ForwardingSource;
import okio.Okio;
import okio.Source;

/**
 * Ends answers that trickle: each byte in time for the read timeout, but the whole never. A cycle
 * waits for every mailbox, so one such answer would stop them all. Safe for several threads.
 */
final class Trickle implements Interceptor {
  private static final long BYTES_PER_SECOND = 16 * 1024;

  private final Duration patience;

  /**
   * @param patience how much longer than at the slowest allowed speed an answer's body may take
   */
  Trickle(Duration patience) {
    this.patience = patience;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    ResponseBody body = response.body();
    if (body == null) {
      return response;
    }
    Source watched = new Watched(body.source());
    return response
        .newBuilder()
        .body(ResponseBody.create(Okio.buffer(watched), body.contentType(), body.contentLength()))
        .build();
  }

  private final class Watched extends ForwardingSource {
    private final long begun = System.nanoTime();
    private long bytes;

    Watched(Source source) {
      super(source);
    }

    @Override
    public long read(Buffer sink, long byteCount) throws IOException {
      long read = super.read(sink, byteCount);
      bytes += Math.max(0, read);
      Duration allowed = patience.plusMillis(bytes * 1000 / BYTES_PER_SECOND);
      if (read >= 0 && System.nanoTime() - begun > allowed.toNanos()) {
        throw new SocketTimeoutException("the answer trickles, " + bytes + " bytes so far");
      }
      return read;
    }
  }
}
