package io.emailmonitor.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.microsoft.graph.core.requests.BaseGraphRequestAdapter;
import com.microsoft.graph.core.requests.GraphClientFactory;
import com.microsoft.graph.models.Attachment;
import com.microsoft.graph.models.FileAttachment;
import com.microsoft.graph.models.ItemAttachment;
import com.microsoft.graph.models.Message;
import com.microsoft.graph.models.ReferenceAttachment;
import com.microsoft.graph.models.odataerrors.ODataError;
import com.microsoft.graph.serviceclient.GraphServiceClient;
import com.microsoft.graph.users.item.mailfolders.item.messages.delta.DeltaGetResponse;
import com.microsoft.graph.users.item.mailfolders.item.messages.delta.DeltaRequestBuilder;
import com.microsoft.kiota.authentication.AuthenticationProvider;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the service does with Graph, done by Microsoft's own client. */
class SdkTest {

  private static final String BOX = "orders@contoso.example";
  private static final String PREFER = "odata.maxpagesize=6, IdType=\"ImmutableId\"";

  private GraphSimulator simulator;
  private GraphServiceClient graph;
  private OkHttpClient http;

  @BeforeEach
  void start() throws IOException {
    simulator = GraphSimulator.builder().samples().build().start();
    AuthenticationProvider bearer =
        (request, context) ->
            request.headers.tryAdd("Authorization", "Bearer " + simulator.token());
    http = GraphClientFactory.create().callTimeout(Duration.ZERO).build();
    graph =
        new GraphServiceClient(
            new BaseGraphRequestAdapter(bearer, simulator.baseUri().toString(), http));
  }

  @AfterEach
  void stop() {
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
    simulator.close();
  }

  private DeltaRequestBuilder delta() {
    return graph.users().byUserId(BOX).mailFolders().byMailFolderId("inbox").messages().delta();
  }

  /** Reads to the end of the round and returns the delta link. */
  private String round(DeltaGetResponse first, List<Message> found) {
    DeltaGetResponse page = first;
    while (true) {
      found.addAll(page.getValue());
      String next = page.getOdataNextLink();
      if (next == null) {
        return page.getOdataDeltaLink();
      }
      page = delta().withUrl(next).get(config -> config.headers.add("Prefer", PREFER));
    }
  }

  private String firstRound(List<Message> found) {
    DeltaGetResponse first =
        delta()
            .get(
                config -> {
                  config.headers.add("Prefer", PREFER);
                  config.queryParameters.select =
                      new String[] {
                        "id",
                        "subject",
                        "from",
                        "receivedDateTime",
                        "hasAttachments",
                        "internetMessageId",
                        "parentFolderId"
                      };
                });
    return round(first, found);
  }

  @Test
  void followsAFolder() {
    List<Message> found = new ArrayList<>();
    String link = firstRound(found);
    assertThat(found).hasSize(17).allSatisfy(message -> assertThat(message.getId()).isNotEmpty());
    String gone = found.get(0).getId();
    simulator.delete(BOX, gone);
    String added = simulator.deliver(BOX, "inbox", Mails.plain("new"));
    List<Message> later = new ArrayList<>();
    round(delta().withUrl(link).get(config -> config.headers.add("Prefer", PREFER)), later);
    assertThat(later).extracting(Message::getId).containsExactly(gone, added);
    assertThat(later.get(0).getAdditionalData()).containsKey("@removed");
    assertThat(later.get(1).getSubject()).isEqualTo("new");
    assertThat(later.get(1).getFrom().getEmailAddress().getAddress())
        .isEqualTo("ann@partner.example");
  }

  @Test
  void readsAttachmentsOfAllKinds() throws IOException {
    List<Attachment> all = new ArrayList<>();
    List<Message> found = new ArrayList<>();
    firstRound(found);
    for (Message message : found) {
      List<Attachment> attachments =
          graph
              .users()
              .byUserId(BOX)
              .messages()
              .byMessageId(message.getId())
              .attachments()
              .get(
                  config -> {
                    config.headers.add("Prefer", PREFER);
                    config.queryParameters.select =
                        new String[] {"id", "name", "contentType", "size", "isInline"};
                  })
              .getValue();
      for (Attachment attachment : attachments) {
        if (attachment instanceof FileAttachment file) {
          assertThat(file.getContentBytes()).isNull();
        }
        if (!(attachment instanceof ReferenceAttachment)) {
          try (InputStream value = value(message.getId(), attachment.getId())) {
            assertThat(value.readAllBytes().length).isLessThan(attachment.getSize());
          }
        }
      }
      all.addAll(attachments);
    }
    assertThat(all).hasAtLeastOneElementOfType(ItemAttachment.class);
    assertThat(all).hasAtLeastOneElementOfType(ReferenceAttachment.class);
    long held =
        simulator.truth().mailboxes().stream()
            .filter(mailbox -> mailbox.address().equals(BOX))
            .flatMap(mailbox -> mailbox.folders().stream())
            .flatMap(folder -> folder.messages().stream())
            .mapToLong(message -> message.attachments().size())
            .sum();
    assertThat(all).hasSize((int) held);
  }

  @Test
  void streamsLargeFiles() throws IOException {
    byte[] large = new byte[20_000_000];
    Arrays.fill(large, (byte) 'x');
    simulator.deliver(BOX, "inbox", Mails.withFile("large", "large.pdf", large));
    Truth.MessageTruth message =
        simulator
            .truth()
            .messages()
            .filter(m -> "large".equals(m.subject()))
            .findFirst()
            .orElseThrow();
    try (InputStream in = value(message.id(), message.attachments().get(0).id())) {
      assertThat(in.readNBytes(1000)).containsOnly('x');
      assertThat(in.skip(Long.MAX_VALUE)).isEqualTo(large.length - 1000);
    }
  }

  private InputStream value(String message, String attachment) {
    String url =
        simulator.baseUri()
            + "/users/"
            + BOX
            + "/messages/"
            + message
            + "/attachments/"
            + attachment
            + "/$value";
    return graph.users().byUserId(BOX).messages().byMessageId(message).content().withUrl(url).get();
  }

  @Test
  void understandsErrors() {
    List<Message> found = new ArrayList<>();
    String link = firstRound(found);
    simulator.expireDeltaLinks(BOX, "inbox");
    ODataError gone = catchThrowableOfType(ODataError.class, () -> delta().withUrl(link).get());
    assertThat(gone.getResponseStatusCode()).isEqualTo(410);
    assertThat(gone.getError().getCode()).isEqualTo("SyncStateNotFound");
    assertThat(gone.getResponseHeaders().get("Location")).hasSize(1);
    assertThat(gone.getError().getInnerError().getRequestId()).isNotEmpty();
    String id = found.get(0).getId();
    simulator.delete(BOX, id);
    ODataError missing =
        catchThrowableOfType(
            ODataError.class, () -> graph.users().byUserId(BOX).messages().byMessageId(id).get());
    assertThat(missing.getResponseStatusCode()).isEqualTo(404);
    assertThat(missing.getError().getCode()).isEqualTo("ErrorItemNotFound");
  }

  @Test
  void findsMailboxes() {
    String groupId =
        graph
            .groups()
            .get(config -> config.queryParameters.filter = "mail eq 'billing@contoso.example'")
            .getValue()
            .get(0)
            .getId();
    assertThat(
            graph
                .groups()
                .byGroupId(groupId)
                .transitiveMembers()
                .graphUser()
                .get(
                    config -> {
                      config.headers.add("ConsistencyLevel", "eventual");
                      config.queryParameters.count = true;
                    })
                .getValue())
        .hasSize(3);
    assertThat(
            graph
                .users()
                .get(
                    config -> {
                      config.headers.add("ConsistencyLevel", "eventual");
                      config.queryParameters.count = true;
                      config.queryParameters.filter = "endsWith(mail,'@contoso.example')";
                      config.queryParameters.select = new String[] {"id", "mail"};
                    })
                .getValue())
        .hasSize(6);
  }
}
