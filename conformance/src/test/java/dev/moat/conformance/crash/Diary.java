package dev.moat.conformance.crash;

import dev.moat.bytes.ByteReader;
import dev.moat.bytes.ByteWriter;
import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.Options;
import dev.moat.coap.service.Context;
import dev.moat.coap.service.Reliability;
import dev.moat.coap.service.Request;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a process observed until it was killed, in files: each record is handed to the operating
 * system, which outlives the process, before what it tells takes effect.
 */
final class Diary implements Observer {
  private static final int SEALED = 1;
  private static final int ACCEPTED = 2;
  private static final int REFUSED = 3;
  static final int RECORD_OCTETS = 1 + Seal.LENGTH_OCTETS;

  private final OutputStream events;
  private final OutputStream requests;

  Diary(Path folder, int life) throws IOException {
    events = new FileOutputStream(events(folder, life).toFile());
    requests = new FileOutputStream(requests(folder, life).toFile());
  }

  static Path events(Path folder, int life) {
    return folder.resolve("events-" + life);
  }

  private static Path requests(Path folder, int life) {
    return folder.resolve("requests-" + life);
  }

  @Override
  public void sealing(Seal seal) {
    ByteWriter record = new ByteWriter(RECORD_OCTETS).u8(SEALED);
    seal.write(record);
    write(events, record);
  }

  @Override
  public void accepting(long request) {
    write(
        events, new ByteWriter(RECORD_OCTETS).u8(ACCEPTED).uint(request, 8).uint(0, 8).uint(0, 8));
  }

  @Override
  public void refused() {
    write(events, new ByteWriter(RECORD_OCTETS).u8(REFUSED).uint(0, 8).uint(0, 8).uint(0, 8));
  }

  @Override
  public void sending(int receiver, Request outer) {
    ByteWriter record = new ByteWriter(64).u8(receiver).u8(outer.method().octet());
    record.u8(outer.options().size());
    for (Option option : outer.options()) {
      record.u16(option.number()).u16(option.value().length()).bytes(option.value());
    }
    record.u16(outer.payload().length()).bytes(outer.payload());
    write(requests, new ByteWriter(64).u16(record.length()).bytes(record.toBytes()));
  }

  private static void write(OutputStream out, ByteWriter record) {
    try {
      out.write(record.toBytes().toArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Tells {@code observer} what a process did, except for the record it was killed in. */
  static void replay(Path folder, int life, Observer observer) throws IOException {
    ByteReader reader = new ByteReader(Bytes.owned(Files.readAllBytes(events(folder, life))));
    while (reader.remaining() >= RECORD_OCTETS) {
      int kind = reader.u8();
      Seal content = Seal.read(reader);
      switch (kind) {
        case SEALED -> observer.sealing(content);
        case ACCEPTED -> observer.accepting(content.key());
        case REFUSED -> observer.refused();
        default -> throw new AssertionError("no such record: " + kind);
      }
    }
  }

  /** The requests that a process sent. */
  static List<Captured> captured(Path folder, int life) throws IOException {
    List<Captured> captured = new ArrayList<>();
    Path file = requests(folder, life);
    if (!Files.exists(file)) {
      return captured;
    }
    ByteReader reader = new ByteReader(Bytes.owned(Files.readAllBytes(file)));
    while (reader.remaining() >= 2) {
      int length = reader.u16();
      if (reader.remaining() < length) {
        break;
      }
      captured.add(request(new ByteReader(reader.bytes(length))));
    }
    return captured;
  }

  private static Captured request(ByteReader reader) {
    int receiver = reader.u8();
    Code method = Code.ofOctet(reader.u8());
    Options options = Options.none();
    for (int left = reader.u8(); left > 0; left--) {
      int number = reader.u16();
      options = options.plus(new Option(number, reader.bytes(reader.u16())));
    }
    Bytes payload = reader.bytes(reader.u16());
    return new Captured(
        receiver,
        new Request(method, options, payload, Side.PEER, Reliability.CONFIRMABLE, Context.empty()));
  }
}
