/**
 * The login service: gives registered applications access tokens for their secret or certificate,
 * and refuses as Microsoft Entra ID does.
 */
@NullMarked
package io.emailmonitor.simulator.login;

import org.jspecify.annotations.NullMarked;
