package io.emailmonitor.simulator.mail;

/** One person in a mail's header; the name is the address when the mail gives none. */
public record MailAddress(String name, String address) {}
