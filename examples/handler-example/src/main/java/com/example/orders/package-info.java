/**
 * A handler to start one's own from: it writes the lines of orders that customers send as CSV to a
 * database.
 */
@NullMarked
package com.example.orders;

import org.jspecify.annotations.NullMarked;
