#!/bin/sh
# netty 4.2.18.Final, NIO transport; its native epoll beside it. A JDK of 17 or newer and Maven.
#
# Guess: when the close future of a server channel is done, its port refuses connections; a test that wants a refusal may close one.
# Seen:  on NIO some connections still succeed and are reset a moment later (6 to 13 of 100); on epoll none.
#        The JDK keeps the descriptor of a channel that is registered with a selector until the next select (the channel's kill()
#        comes with its key's removal), and netty has told everybody by then.
# Means: "nobody listens" becomes "connected, then reset" now and then. A client that takes a reset for silence, as some devices do,
#        waits its whole handshake timeout. Who needs a refusal binds a port and does not listen.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
cat >pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>f</groupId><artifactId>f</artifactId>
<version>1</version><dependencies><dependency><groupId>io.netty</groupId><artifactId>netty-transport-native-epoll</artifactId>
<version>4.2.18.Final</version><classifier>linux-x86_64</classifier></dependency></dependencies></project>
XML
cat >Closed.java <<'JAVA'
import io.netty.bootstrap.*;
import io.netty.channel.*;
import io.netty.channel.epoll.*;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.*;
import java.net.*;
import java.util.concurrent.TimeUnit;

public class Closed {
    static final int ROUNDS = 2000;

    static int connectedAfterClose(IoHandlerFactory io, Class<? extends ServerChannel> servers, Class<? extends Channel> clients)
            throws Exception {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(2, io);
        int connected = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Channel server = new ServerBootstrap().group(group).channel(servers).childHandler(new ChannelInboundHandlerAdapter())
                    .bind(InetAddress.getLoopbackAddress(), 0).sync().channel();
            SocketAddress place = server.localAddress();
            server.close().sync();
            ChannelFuture client = new Bootstrap().group(group).channel(clients).handler(new ChannelInboundHandlerAdapter())
                    .connect(place).await();
            if (client.isSuccess()) {
                connected++;
                client.channel().close();
            }
        }
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        return connected;
    }

    public static void main(String[] args) throws Exception {
        int nio = connectedAfterClose(NioIoHandler.newFactory(), NioServerSocketChannel.class, NioSocketChannel.class);
        int epoll = connectedAfterClose(EpollIoHandler.newFactory(), EpollServerSocketChannel.class, EpollSocketChannel.class);
        System.out.println("connected to a closed listener, of " + ROUNDS + ": NIO " + nio + ", epoll " + epoll);
        System.exit(nio > 0 && epoll == 0 ? 0 : 1);
    }
}
JAVA
mvn -q dependency:copy-dependencies -DoutputDirectory=lib
timeout 120 java -cp "lib/*" Closed.java 2>lines || { grep -v 'exceptionCaught\|^	at\|Connection reset\|WARNING' lines; echo "another behaviour than described"; exit 1; }
echo "as described"
