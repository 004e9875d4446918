/** The page in a real Chromium, spoken to over its DevTools protocol. */
package io.emailmonitor.monitor.browser;
