package io.emailmonitor.worker.handlers;

import io.emailmonitor.worker.HandlerSettings;
import io.emailmonitor.worker.Outcome;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a program's exit codes mean: 0 is done.
 *
 * @param retry empty for all that are not in the other set; when it is not empty, codes in neither
 *     set bury
 */
record ExitCodes(Set<Integer> retry, Set<Integer> bury) {
  /** As sysexits.h has it: the input data is wrong. */
  private static final String DATA_ERROR = "65";

  ExitCodes {
    Set<Integer> both = new HashSet<>(retry);
    both.retainAll(bury);
    if (!both.isEmpty()) {
      throw new IllegalArgumentException(
          "exit code "
              + both.iterator().next()
              + " is in both handler.retryExitCodes and handler.buryExitCodes; it can mean one");
    }
  }

  static ExitCodes of(HandlerSettings settings) {
    List<String> bury = settings.list("buryExitCodes");
    return new ExitCodes(
        codes("retryExitCodes", settings.list("retryExitCodes")),
        codes("buryExitCodes", bury.isEmpty() ? List.of(DATA_ERROR) : bury));
  }

  private static Set<Integer> codes(String key, List<String> texts) {
    Set<Integer> codes = new HashSet<>();
    for (String text : texts) {
      if (!text.matches("[1-9]\\d{0,2}") || Integer.parseInt(text) > 255) {
        throw new IllegalArgumentException(
            "handler." + key + " holds '" + text + "'; it must hold exit codes from 1 to 255");
      }
      codes.add(Integer.valueOf(text));
    }
    return codes;
  }

  Outcome outcome(int code, String lastWords) {
    if (code == 0) {
      return Outcome.done();
    }
    String reason = "exit code " + code + (lastWords.isEmpty() ? "" : ": " + lastWords);
    boolean retrying = !bury.contains(code) && (retry.isEmpty() || retry.contains(code));
    return retrying ? Outcome.retry(reason) : Outcome.bury(reason);
  }
}
