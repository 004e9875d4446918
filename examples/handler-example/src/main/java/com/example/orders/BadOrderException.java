package com.example.orders;

/** No later attempt could read this order; says where and why, but not what stands there. */
final class BadOrderException extends Exception {
  private static final long serialVersionUID = 1;

  BadOrderException(String problem) {
    super(problem);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
