/**
 * What can go wrong, and when: rules that stand between the clients and the service. The same words
 * serve programs, scenario files and the control API.
 */
@NullMarked
package io.emailmonitor.simulator.fault;

import org.jspecify.annotations.NullMarked;
