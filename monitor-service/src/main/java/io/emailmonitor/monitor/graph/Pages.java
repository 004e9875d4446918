package io.emailmonitor.monitor.graph;

import com.microsoft.graph.models.BaseCollectionPaginationCountResponse;
import io.emailmonitor.monitor.mailbox.MailSourceException;
import io.emailmonitor.monitor.mailbox.MailSourceException.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads lists to their end; a page may be empty and yet have a next one. */
final class Pages {
  private final Links links;

  Pages(Links links) {
    this.links = links;
  }

  /**
   * @param follow asks for the next page by its link
   */
  <P extends BaseCollectionPaginationCountResponse, T> List<T> all(
      P first, Function<P, @Nullable List<T>> values, Function<String, P> follow) {
    List<T> all = new ArrayList<>();
    Set<String> followed = new HashSet<>();
    P page = first;
    while (true) {
      List<T> some = values.apply(page);
      if (some == null) {
        // An empty answer to take for an empty list would lose what is in it.
        throw new MailSourceException(
            Kind.UNAVAILABLE, "Reading a list failed: the answer holds no list", null, null);
      }
      all.addAll(some);
      String next = page.getOdataNextLink();
      if (next == null || next.isEmpty()) {
        return all;
      }
      if (!followed.add(next)) {
        throw new MailSourceException(
            Kind.UNAVAILABLE, "Reading a list failed: its pages lead in a circle", null, null);
      }
      page = follow.apply(links.checked(next, Kind.REJECTED));
    }
  }
}
