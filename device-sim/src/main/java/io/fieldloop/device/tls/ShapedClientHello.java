package io.fieldloop.device.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bouncycastle.tls.ClientHello;
import org.bouncycastle.tls.ExtensionType;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsUtils;

/**
 * A ClientHello whose extensions stand in the order of a shape.
 *
 * <p>Bouncy Castle writes empty extensions first and the others in hash order. Encoding the message here, before it
 * reaches the handshake hash, keeps
 * both ends' transcripts equal.
 */
final class ShapedClientHello extends ClientHello {

    private final List<Integer> order;

    ShapedClientHello(ClientHello hello, List<Integer> order) {
        super(
                hello.getVersion(),
                hello.getRandom(),
                hello.getSessionID(),
                null,
                hello.getCipherSuites(),
                hello.getExtensions(),
                hello.getBindersSize());
        this.order = order;
    }

    @Override
    public void encode(TlsContext context, OutputStream output) throws IOException {
        TlsUtils.writeVersion(getVersion(), output);
        output.write(getRandom());
        TlsUtils.writeOpaque8(getSessionID(), output);
        TlsUtils.writeUint16ArrayWithUint16Length(getCipherSuites(), output);
        TlsUtils.writeUint8ArrayWithUint8Length(new short[] {0}, output);
        byte[] extensions = extensions();
        TlsUtils.writeUint16(extensions.length + getBindersSize(), output);
        output.write(extensions);
    }

    private byte[] extensions() throws IOException {
        Map<Integer, byte[]> rest = new TreeMap<>();
        for (Object entry : getExtensions().entrySet()) {
            Map.Entry<?, ?> extension = (Map.Entry<?, ?>) entry;
            rest.put((Integer) extension.getKey(), (byte[]) extension.getValue());
        }
        byte[] preSharedKey = rest.remove(ExtensionType.pre_shared_key);
        ByteArrayOutputStream buffer = new ByteArrayOutputStream();
        for (Integer type : order) {
            byte[] body = rest.remove(type);
            if (body != null) {
                write(type, body, buffer);
            }
        }
        for (Map.Entry<Integer, byte[]> extension : rest.entrySet()) {
            write(extension.getKey(), extension.getValue(), buffer);
        }
        if (preSharedKey != null) {
            // The last one, and the library writes its binders behind it (RFC 8446 4.2.11).
            TlsUtils.writeUint16(ExtensionType.pre_shared_key, buffer);
            TlsUtils.writeUint16(preSharedKey.length + getBindersSize(), buffer);
            buffer.write(preSharedKey);
        }
        return buffer.toByteArray();
    }

    private static void write(int type, byte[] body, OutputStream output) throws IOException {
        TlsUtils.writeUint16(type, output);
        TlsUtils.writeOpaque16(body, output);
    }
}
