package io.emailmonitor.worker.handlers;

import io.emailmonitor.worker.HandlerFactory;
import io.emailmonitor.worker.HandlerSettings;
import io.emailmonitor.worker.TaskHandler;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.Duration;

/** Makes the handler {@code webhook}, which posts each task to {@code url}. */
public final class WebhookHandlerFactory implements HandlerFactory {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  @Override
  public String name() {
    return "webhook";
  }

  @Override
  public TaskHandler create(HandlerSettings settings) {
    URI url =
        url(
            settings
                .get("url")
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "handler.url (WEBHOOK_URL) is not set; it must be where to post to")));
    return new WebhookHandler(
        url,
        settings.get("secret").map(Signature::new),
        settings.duration("connectTimeout", CONNECT_TIMEOUT),
        settings.duration("timeout", TIMEOUT),
        Clock.systemUTC());
  }

  /** Not shown when it is wrong: it may hold a token. */
  private static URI url(String text) {
    try {
      URI url = new URI(text.strip());
      if (("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
          && url.getHost() != null
          && url.getUserInfo() == null) {
        return url;
      }
    } catch (URISyntaxException e) {
      throw unusable();
    }
    throw unusable();
  }

  private static IllegalArgumentException unusable() {
    return new IllegalArgumentException(
        "handler.url (WEBHOOK_URL) is not a usable address; it must look like"
            + " https://host/path, without user and password");
  }
}
