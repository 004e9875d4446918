@NullMarked
package io.emailmonitor.testkit;

import org.jspecify.annotations.NullMarked;
