package dev.moat.cli.console;

import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads {@code -v}, {@code -vv} and, as libcoap's client has it, {@code -v 7}; never takes the URI
 * for a level.
 */
public final class Verbosity implements IParameterPreprocessor, ITypeConverter<Integer> {
  /** Created by picocli. */
  public Verbosity() {}

  @Override
  public boolean preprocess(
      Stack<String> arguments, CommandSpec command, ArgSpec argument, Map<String, Object> info) {
    boolean attached = !" ".equals(info.get("separator"));
    boolean level = !arguments.isEmpty() && arguments.peek().matches("[0-9]");
    if (!attached && !level) {
      String unused = arguments.push("1");
    }
    return false;
  }

  @Override
  public Integer convert(String value) {
    if (value.matches("[0-9]")) {
      return Integer.valueOf(value);
    }
    if (value.matches("v+")) {
      return value.length() + 1;
    }
    throw new TypeConversionException(
        "'" + value + "' is no verbosity; write -v, -vv or -v 0 to -v 9");
  }
}
