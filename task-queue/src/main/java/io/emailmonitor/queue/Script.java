package io.emailmonitor.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/**
 * The steps that the server runs as one. Each is a file beside this class whose first lines name
 * its keys and arguments.
 */
enum Script {
  CLAIM("claim.lua"),
  ACKNOWLEDGE("acknowledge.lua"),
  RESCHEDULE("reschedule.lua"),
  BURY("bury.lua"),
  REDRIVE("redrive.lua"),
  DISCARD("discard.lua"),
  CLEAR("clear.lua"),
  REPAIR("repair.lua"),
  ANNOUNCE("announce.lua"),
  BEGINNINGS("beginnings.lua");

  private final String source;
  private final String sha;

  Script(String file) {
    source = read(file);
    sha = sha1(source);
  }

  /** A script with its keys and arguments. */
  Call with(List<byte[]> keys, Object... arguments) {
    return new Call(this, keys, arguments);
  }

  /** One run of a script. */
  static final class Call {
    private final Script script;
    private final List<byte[]> keys;
    private final Object[] arguments;

    private Call(Script script, List<byte[]> keys, Object[] arguments) {
      this.script = script;
      this.keys = keys;
      this.arguments = arguments;
    }

    /** Runs it; the server gets the source only when it does not know it, as after a restart. */
    Object on(Wire wire) {
      try {
        return wire.call(byHash());
      } catch (JedisNoScriptException e) {
        return wire.call(bySource());
      }
    }

    /** Sends it; the reply may be that the server does not know the script. */
    void send(Wire wire) {
      wire.send(byHash());
    }

    private CommandArguments byHash() {
      return command(Command.EVALSHA, script.sha);
    }

    private CommandArguments bySource() {
      return command(Command.EVAL, script.source);
    }

    private CommandArguments command(Command command, String which) {
      return Wire.command(command, which, keys.size()).keys(keys).addObjects(arguments);
    }
  }

  /** Whether a reply says that the server does not know the script, as after a restart. */
  static boolean isUnknown(Object reply) {
    return reply instanceof JedisNoScriptException;
  }

  private static String read(String file) {
    try (InputStream in = Script.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is missing from this program");
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha1(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }
}
