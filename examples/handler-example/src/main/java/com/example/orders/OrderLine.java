package com.example.orders;

/** What a customer wants of one article. */
record OrderLine(String article, int quantity) {}
