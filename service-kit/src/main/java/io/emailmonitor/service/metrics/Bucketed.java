package io.emailmonitor.service.metrics;

/** A metric of Dropwizard's that also counts in fixed buckets. */
interface Bucketed {
  Buckets buckets();
}
