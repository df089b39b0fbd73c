package io.fieldloop.scenario.adversary;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** Bytes a probe sends, some of which are only known when it runs. */
public sealed interface ProbeBytes {
    void writeTo(ByteArrayOutputStream out, ProbeVariables variables);

    default byte[] render(ProbeVariables variables) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writeTo(out, variables);
        return out.toByteArray();
    }

    /** The same bytes every time. */
    record Fixed(String hex) implements ProbeBytes {
        @Override
        public void writeTo(ByteArrayOutputStream out, ProbeVariables variables) {
            out.writeBytes(HexFormat.of().parseHex(hex));
        }
    }

    /** Latin-1 text in which <code>${name}</code> stands for a variable. */
    record Text(String template) implements ProbeBytes {
        @Override
        public void writeTo(ByteArrayOutputStream out, ProbeVariables variables) {
            out.writeBytes(variables.fill(template).getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    /** Bytes drawn from the seed. */
    record Random(int count) implements ProbeBytes {
        @Override
        public void writeTo(ByteArrayOutputStream out, ProbeVariables variables) {
            byte[] drawn = new byte[count];
            variables.random().nextBytes(drawn);
            out.writeBytes(drawn);
        }
    }

    /** The same part again and again; <code>${i}</code> counts from 1. */
    record Repeat(ProbeBytes part, int times) implements ProbeBytes {
        @Override
        public void writeTo(ByteArrayOutputStream out, ProbeVariables variables) {
            for (int i = 1; i <= times; i++) {
                part.writeTo(out, variables.counting(i));
            }
        }
    }

    /** One part after the other. */
    record Sequence(List<ProbeBytes> parts) implements ProbeBytes {
        public Sequence {
            parts = List.copyOf(parts);
        }

        @Override
        public void writeTo(ByteArrayOutputStream out, ProbeVariables variables) {
            parts.forEach(part -> part.writeTo(out, variables));
        }
    }
}
