package io.emailmonitor.monitor.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The page and its files, which hold nothing but what is shipped. */
@Path("/")
public final class PageResource {
  /**
   * Only what comes from here, and no script or style inside the page. Trusted types refuse
   * whatever would make HTML of a text: what came from a mail can only ever be shown as it is.
   */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
          + " require-trusted-types-for 'script'; trusted-types 'none'";

  private static final String CHARTS = "/META-INF/resources/webjars/uplot/1.6.30/dist/";
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html", "css", "text/css", "js", "text/javascript", "svg", "image/svg+xml");

  private static final Map<String, Asset> ASSETS =
      Stream.concat(
              Stream.of(
                      "page.html",
                      "page.css",
                      "page.js",
                      "dom.js",
                      "format.js",
                      "live.js",
                      "charts.js",
                      "messages.js",
                      "journey.js",
                      "mailboxes.js",
                      "queue.js",
                      "actions.js",
                      "icon.svg")
                  .map(name -> Asset.of(name, name)),
              Stream.of("uPlot.iife.min.js", "uPlot.min.css")
                  .map(name -> Asset.of(name.toLowerCase(Locale.ROOT), CHARTS + name)))
          .collect(Collectors.toUnmodifiableMap(Asset::name, asset -> asset));

  /** A file of the page, which stays as it is while the process runs. */
  private record Asset(String name, String type, String content, EntityTag tag) {
    static Asset of(String name, String resource) {
      try (InputStream in = PageResource.class.getResourceAsStream(resource)) {
        if (in == null) {
          throw new IllegalStateException(resource + " is missing from this program");
        }
        String content = new String(in.readAllBytes(), UTF_8);
        String ending = name.substring(name.lastIndexOf('.') + 1);
        String tag = HexFormat.of().toHexDigits(content.hashCode());
        return new Asset(name, TYPES.get(ending) + ";charset=utf-8", content, new EntityTag(tag));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @GET
  public Response page(@Context Request request) {
    return asset("page.html", request);
  }

  @GET
  @Path("assets/{name}")
  public Response asset(@PathParam("name") String name, @Context Request request) {
    Asset asset = ASSETS.get(name);
    if (asset == null) {
      throw new NotFoundException();
    }
    Response.ResponseBuilder unchanged = request.evaluatePreconditions(asset.tag());
    Response.ResponseBuilder answer =
        unchanged == null ? Response.ok(asset.content(), asset.type()) : unchanged;
    CacheControl ask = new CacheControl();
    ask.setNoCache(true);
    return answer
        .tag(asset.tag())
        .cacheControl(ask)
        .header("Content-Security-Policy", POLICY)
        .build();
  }
}
