@NullMarked
package io.emailmonitor.demo;

import org.jspecify.annotations.NullMarked;
