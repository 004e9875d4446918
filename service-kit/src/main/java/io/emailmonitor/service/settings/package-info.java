/** How both processes read their files of settings. */
@NullMarked
package io.emailmonitor.service.settings;

import org.jspecify.annotations.NullMarked;
