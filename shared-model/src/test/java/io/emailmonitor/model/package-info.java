@NullMarked
package io.emailmonitor.model;

import org.jspecify.annotations.NullMarked;
