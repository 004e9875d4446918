package io.emailmonitor.simulator.login;

/** Ends a request to the login service. */
final class Refused extends Exception {

  private final transient LoginError error;

  Refused(LoginError error) {
    super(error.message(), null, false, false);
    this.error = error;
  }

  LoginError error() {
    return error;
  }
}
