@NullMarked
package io.emailmonitor.service.http;

import org.jspecify.annotations.NullMarked;
