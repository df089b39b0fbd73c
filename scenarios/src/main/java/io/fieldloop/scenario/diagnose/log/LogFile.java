package io.fieldloop.scenario.diagnose.log;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Opens what was given as a log: gzip and UTF-16 are read, and what is no text is told for what it is. */
final class LogFile {
    private static final int BEGINNING_BYTES = 1 << 20;
    private static final int CONTROLS_PERCENT_MAX = 5;
    private static final int ESCAPE = 0x1b;

    /** What a file begins with, and what it then is. */
    record Kind(String magic, String is) {}

    static final List<Kind> BINARIES = List.of(
            new Kind("d4c3b2a1", "a capture (pcap); `fieldloop diagnose` reads those"),
            new Kind("a1b2c3d4", "a capture (pcap); `fieldloop diagnose` reads those"),
            new Kind("4d3cb2a1", "a capture (pcap); `fieldloop diagnose` reads those"),
            new Kind("a1b23c4d", "a capture (pcap); `fieldloop diagnose` reads those"),
            new Kind("0a0d0d0a", "a capture (pcapng); `fieldloop diagnose` reads those"),
            new Kind("7f454c46", "a program (ELF); --elf takes those, beside the log of its crash"),
            new Kind("504b0304", "a ZIP archive; unpack the log in it"),
            new Kind("fd377a585a", "compressed with xz; unpack it"),
            new Kind("28b52ffd", "compressed with zstd; unpack it"),
            new Kind("425a68", "compressed with bzip2; unpack it"),
            new Kind("89504e47", "a picture (PNG); copy the text of the console"),
            new Kind("ffd8ff", "a picture (JPEG); copy the text of the console"),
            new Kind("25504446", "a PDF; copy the text of the console"),
            new Kind("53514c697465", "a SQLite database"),
            new Kind("e9", "a firmware image of an ESP32"));

    private final String name;
    private final InputStream in;
    private byte[] beginning;

    LogFile(String name, InputStream in) throws IOException {
        this.name = name;
        PushbackInputStream raw = new PushbackInputStream(in, 4);
        byte[] magic = raw.readNBytes(4);
        raw.unread(magic);
        boolean gzip = magic.length > 1 && magic[0] == 0x1f && (magic[1] & 0xFF) == 0x8b;
        this.in = gzip ? new GZIPInputStream(raw, 1 << 16) : raw;
        this.beginning = this.in.readNBytes(BEGINNING_BYTES);
    }

    /** The text as UTF-8, however it is stored. */
    InputStream text() throws IOException {
        Charset wide = wide();
        if (wide != null) {
            byte[] rest = in.readAllBytes();
            String text = new String(beginning, wide) + new String(rest, wide);
            beginning = text.replace("\ufeff", "").getBytes(StandardCharsets.UTF_8);
            return new ByteArrayInputStream(beginning);
        }
        requireText();
        return new SequenceInputStream(new ByteArrayInputStream(beginning), in);
    }

    /** The first mebibyte, as text. */
    String beginning() {
        return new String(beginning, StandardCharsets.UTF_8);
    }

    private @Nullable Charset wide() {
        int zerosEven = 0;
        int zerosOdd = 0;
        int looked = Math.min(beginning.length, 1 << 12);
        for (int i = 0; i < looked; i++) {
            if (beginning[i] == 0) {
                zerosEven += i % 2 == 0 ? 1 : 0;
                zerosOdd += i % 2;
            }
        }
        if (zerosOdd > looked / 4 && zerosEven < looked / 16) {
            return StandardCharsets.UTF_16LE;
        }
        return zerosEven > looked / 4 && zerosOdd < looked / 16 ? StandardCharsets.UTF_16BE : null;
    }

    private void requireText() {
        StringBuilder hex = new StringBuilder();
        for (int i = 0; i < Math.min(8, beginning.length); i++) {
            hex.append(Character.forDigit(beginning[i] >> 4 & 0xF, 16))
                    .append(Character.forDigit(beginning[i] & 0xF, 16));
        }
        int controls = 0;
        for (byte octet : beginning) {
            boolean written = octet == '\t' || octet == '\n' || octet == '\r' || octet == ESCAPE;
            controls += octet >= 0 && octet < ' ' && !written ? 1 : 0;
        }
        boolean binary = controls > beginning.length / 100 * CONTROLS_PERCENT_MAX && beginning.length >= 100;
        List<String> is = new ArrayList<>();
        BINARIES.stream()
                .filter(kind -> hex.toString().startsWith(kind.magic())
                        && (binary || kind.magic().length() > 2))
                .forEach(kind -> is.add(kind.is()));
        if (!is.isEmpty()) {
            throw new LogException(name + " is no log but " + is.get(0) + ".");
        }
        if (binary) {
            throw new LogException(name + " is no text; give a device's console log, or a server's log.");
        }
    }
}
