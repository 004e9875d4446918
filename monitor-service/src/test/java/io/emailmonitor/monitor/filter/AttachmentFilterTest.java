package io.emailmonitor.monitor.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.emailmonitor.monitor.content.Format;
import io.emailmonitor.monitor.ledger.Reason;
import io.emailmonitor.monitor.mailbox.Attachment;
import io.emailmonitor.monitor.mailbox.Attachment.Kind;
import io.emailmonitor.monitor.mailbox.Mail;
import io.emailmonitor.monitor.mailbox.Mailbox;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttachmentFilterTest {
  private static final long MAX = 1_000_000;
  private static final Verdict ACCEPT = new Verdict.Accept();

  @Nested
  class Types {
    @ParameterizedTest
    @ValueSource(
        strings = {"a.pdf", "a.PDF", "a.pdf ", "a.pdf\u200b\n", ".pdf", "../../x.pdf", "a.b.Xlsx"})
    void takesWantedEndings_inAnyCase(String name) {
      assertThat(judge(defaults(), named(name))).isEqualTo(ACCEPT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.exe", "pdf", "", "a.pdf.zip", "a.pdfx", "a\u202efdp.exe", "CON"})
    void skipsOthers(String name) {
      assertThat(reason(defaults(), named(name))).isEqualTo(Reason.TYPE_NOT_WANTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tar.gz", ".TAR.GZ", "*.tar.gz", " tar.gz "})
    void understandsHowPeopleWriteTypes(String type) {
      FilterSettings settings = types(List.of(type, ""));
      assertThat(judge(settings, named("x.tar.gz"))).isEqualTo(ACCEPT);
      assertThat(reason(settings, named("x.gz"))).isEqualTo(Reason.TYPE_NOT_WANTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.exe", "", "no ending"})
    void takesEverything_whenAllAreWanted(String name) {
      assertThat(judge(types(List.of("*")), named(name))).isEqualTo(ACCEPT);
    }

    @Test
    void treatsAttachedMessageAsEml_whateverItIsCalled() {
      Attachment message = new Attachment("i", Kind.ITEM, "offer.pdf", null, 10, false);
      assertThat(reason(defaults(), message)).isEqualTo(Reason.TYPE_NOT_WANTED);
      assertThat(judge(types(List.of(".eml")), message)).isEqualTo(ACCEPT);
    }

    @Test
    void saysWhatWasNotWanted() {
      assertThat(judge(defaults(), named("a.Exe")))
          .isEqualTo(
              new Verdict.Reject(
                  "FILE_TYPES",
                  Reason.TYPE_NOT_WANTED,
                  "'.exe' is not among the wanted file types"));
    }
  }

  @Nested
  class Size {
    @Test
    void fetchesWhatMayBeSmallerThanListed() {
      assertThat(judge(defaults(), sized(MAX + MAX / 20 + 64 * 1024))).isEqualTo(ACCEPT);
      assertThat(judge(defaults(), sized(0))).isEqualTo(ACCEPT);
    }

    @Test
    void skipsWhatIsClearlyTooLarge() {
      assertThat(reason(defaults(), sized(MAX + MAX / 20 + 64 * 1024 + 1)))
          .isEqualTo(Reason.TOO_LARGE);
    }
  }

  @Nested
  class Senders {
    private static final List<String> ALLOWED = List.of("Ann@Partner.example", "@shop.example");

    @ParameterizedTest
    @ValueSource(strings = {"ann@partner.example", "ANN@PARTNER.EXAMPLE ", "x@Shop.Example"})
    void takesListedAddressesAndDomains(String sender) {
      assertThat(judge(senders(ALLOWED), named("a.pdf"), sender)).isEqualTo(ACCEPT);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"bob@partner.example", "x@sub.shop.example", "x@badshop.example", "", "@"})
    void skipsOthers(String sender) {
      assertThat(judge(senders(ALLOWED), named("a.pdf"), sender))
          .isInstanceOfSatisfying(
              Verdict.Reject.class,
              reject -> assertThat(reject.reason()).isEqualTo(Reason.SENDER_NOT_ALLOWED));
    }
  }

  @Nested
  class Inline {
    @ParameterizedTest
    @CsvSource({
      "logo.png, image/png, AUTO, INLINE",
      "logo.png, application/octet-stream, AUTO, INLINE",
      "image001, image/jpeg, AUTO, INLINE",
      "invoice.pdf, application/pdf, AUTO, ",
      "invoice.pdf, , AUTO, ",
      "invoice.pdf, application/pdf, SKIP, INLINE",
      "logo.png, image/png, INCLUDE, ",
      "program.exe, application/pdf, AUTO, TYPE_NOT_WANTED",
    })
    void followsThePolicy(
        String name, @Nullable String type, InlinePolicy policy, @Nullable Reason expected) {
      FilterSettings settings =
          new FilterSettings(List.of(".pdf", ".png"), false, MAX, List.of(), policy);
      Attachment inline = new Attachment("i", Kind.FILE, name, type, 10, true);
      Verdict verdict = judge(settings, inline);
      assertThat(verdict instanceof Verdict.Reject reject ? reject.reason() : null)
          .isEqualTo(expected);
    }

    @Test
    void judgesAttachedImagesLikeOtherFiles() {
      assertThat(judge(types(List.of(".png")), named("photo.png"))).isEqualTo(ACCEPT);
    }
  }

  @Nested
  class ByPattern {
    private final PatternRules rules =
        new PatternRules(
            new Patterns(List.of("*invoice*"), List.of("*draft*", "*.tmp")),
            new Patterns(List.of(), List.of("noreply@*")),
            new Patterns(List.of(), List.of("*newsletter*")),
            new Patterns(List.of("*@contoso.example"), List.of("ceo@*")),
            1000);
    private final AttachmentFilter filter =
        new AttachmentFilter(
            new FilterSettings(
                List.of("*"),
                false,
                MAX,
                List.of(),
                InlinePolicy.AUTO,
                rules,
                Set.of(Format.TNEF)));

    @ParameterizedTest
    @CsvSource(
        nullValues = "-",
        textBlock =
            """
            invoice.pdf,        ann@partner.example,     Invoice,         5000, -
            INVOICE.pdf,        ann@partner.example,     Invoice,         1000, -
            offer.pdf,          ann@partner.example,     Invoice,         5000, INCLUDE_FILES
            invoice-Draft.pdf,  ann@partner.example,     Invoice,         5000, EXCLUDE_FILES
            in/voice.tmp,       ann@partner.example,     Invoice,         5000, INCLUDE_FILES
            a/invoice.tmp,      ann@partner.example,     Invoice,         5000, EXCLUDE_FILES
            invoice.pdf,        NoReply@partner.example, Invoice,         5000, EXCLUDE_SENDERS
            offer.pdf,          noreply@partner.example, Our Newsletter,  5000, EXCLUDE_SENDERS
            invoice.pdf,        ann@partner.example,     Our NEWSLETTER 7,5000, EXCLUDE_SUBJECTS
            invoice.pdf,        ann@partner.example,     Invoice,          999, MIN_ATTACHMENT_SIZE
            """)
    void namesTheFirstRuleThatObjects(
        String name, String sender, String subject, long size, @Nullable String expected) {
      Mail mail = new Mail("m", null, subject, "", sender, Instant.EPOCH);
      Attachment attachment = new Attachment("a", Kind.FILE, name, null, size, false);
      Verdict verdict = filter.judge(mail, attachment);
      assertThat(objecting(verdict)).isEqualTo(expected);
      assertThat(filter.explain(mail, attachment).verdict()).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource(
        nullValues = "-",
        textBlock =
            """
            ann@partner.example,     -,               -
            noreply@partner.example, EXCLUDE_SENDERS, EXCLUDE_SENDERS
            """)
    void speakOfWhatIsOpened_onlyAsFarAsTheyAreNotAboutFiles(
        String sender, @Nullable String opened, @Nullable String damaged) {
      Mail mail = new Mail("m", null, "Offer", "", sender, Instant.EPOCH);
      Attachment winmail = new Attachment("a", Kind.FILE, "winmail.dat", null, 5000, false);
      assertThat(filter.explain(mail, winmail).opened()).isTrue();
      assertThat(filter.explain(mail, winmail).verdict()).isEqualTo(filter.judge(mail, winmail));
      assertThat(objecting(filter.judge(mail, winmail))).isEqualTo(opened);
      assertThat(objecting(filter.judgeDamaged(mail, winmail))).isEqualTo(damaged);
      assertThat(objecting(filter.judgeWhole(mail, winmail, null))).isNotNull();
    }

    private static @Nullable String objecting(Verdict verdict) {
      return verdict instanceof Verdict.Reject reject ? reject.rule() : null;
    }

    @Test
    void tellsWhatEveryRuleSays_inTheirOrder() {
      Mail mail = new Mail("m", null, "Newsletter", "", "noreply@x.example", Instant.EPOCH);
      Attachment attachment = new Attachment("a", Kind.FILE, "invoice.pdf", null, 5, false);
      List<Opinion> opinions = filter.explain(mail, attachment).opinions();
      assertThat(opinions)
          .extracting(Opinion::rule)
          .containsExactly(
              "KIND",
              "EXCLUDE_SENDERS",
              "EXCLUDE_SUBJECTS",
              "INLINE_ATTACHMENTS",
              "FILE_TYPES",
              "INCLUDE_FILES",
              "EXCLUDE_FILES",
              "MIN_ATTACHMENT_SIZE",
              "MAX_ATTACHMENT_SIZE");
      assertThat(opinions.get(1).verdict())
          .isEqualTo(
              new Verdict.Reject(
                  "EXCLUDE_SENDERS",
                  Reason.SENDER_EXCLUDED,
                  "the sender's address matches noreply@*"));
      assertThat(opinions.get(5).verdict()).isEqualTo(ACCEPT);
    }

    @Test
    void judgesTheRealSize_onceTheContentIsThere() {
      assertThat(filter.judgeContent(1000)).isEqualTo(ACCEPT);
      assertThat(filter.judgeContent(999))
          .isEqualTo(
              new Verdict.Reject(
                  "MIN_ATTACHMENT_SIZE", Reason.TOO_SMALL, "999 bytes, wanted are at least 1000"));
    }

    @ParameterizedTest
    @CsvSource(
        nullValues = "-",
        textBlock =
            """
            ann@contoso.example, -
            ann@fabrikam.example, INCLUDE_MAILBOXES
            ceo@contoso.example, EXCLUDE_MAILBOXES
            """)
    void judgesMailboxesByThemselves(String address, @Nullable String expected) {
      Verdict verdict = filter.mailboxes().judge(new Mailbox(address));
      assertThat(verdict instanceof Verdict.Reject reject ? reject.rule() : null)
          .isEqualTo(expected);
    }
  }

  @Test
  void recordsLinksAsNotFetched_evenWhenAllTypesAreWanted() {
    Attachment link = new Attachment("l", Kind.REFERENCE, "Shared.xlsx", null, 382, false);
    assertThat(reason(types(List.of("*")), link)).isEqualTo(Reason.REFERENCE_NOT_FETCHED);
  }

  private static Verdict judge(FilterSettings settings, Attachment attachment) {
    return judge(settings, attachment, "ann@partner.example");
  }

  private static Verdict judge(FilterSettings settings, Attachment attachment, String sender) {
    Mail mail = new Mail("m", null, "", "", sender, Instant.EPOCH);
    return new AttachmentFilter(settings).judge(mail, attachment);
  }

  private static Reason reason(FilterSettings settings, Attachment attachment) {
    return ((Verdict.Reject) judge(settings, attachment)).reason();
  }

  private static FilterSettings defaults() {
    return types(FilterSettings.DEFAULT_FILE_TYPES);
  }

  private static FilterSettings types(List<String> types) {
    return new FilterSettings(types, false, MAX, List.of(), InlinePolicy.AUTO);
  }

  private static FilterSettings senders(List<String> allowed) {
    return new FilterSettings(List.of("*"), false, MAX, allowed, InlinePolicy.AUTO);
  }

  private static Attachment named(String name) {
    return new Attachment("a", Kind.FILE, name, "application/octet-stream", 100, false);
  }

  private static Attachment sized(long size) {
    return new Attachment("a", Kind.FILE, "a.pdf", null, size, false);
  }
}
