#!/bin/sh
# netty 4.2.18.Final, native epoll on Linux; its NIO transport beside it. A JDK of 17 or newer and Maven.
#
# Guess: a server that allows half-closure can answer a client that has sent FIN, however large the answer is.
# Seen:  on epoll the answer ends where the socket's buffer is full for the first time: epoll_ctl fails with ENOENT, the channel is
#        closed for output, the client reads a clean end. On NIO all of it arrives. A socket that wants no event is taken out of the
#        epoll set (pull request 16689), and a later change takes it to be in there still; the code is the same in 4.2.20.Final.
# Means: whoever serves clients that stop sending first (HTTP/1.0 style, netcat, a relay) loses the end of what they were to get.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
cat >pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>f</groupId><artifactId>f</artifactId>
<version>1</version><dependencies><dependency><groupId>io.netty</groupId><artifactId>netty-transport-native-epoll</artifactId>
<version>4.2.18.Final</version><classifier>linux-x86_64</classifier></dependency></dependencies></project>
XML
cat >HalfClose.java <<'JAVA'
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.*;
import io.netty.channel.epoll.*;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.*;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.*;
import java.util.concurrent.TimeUnit;

public class HalfClose {
    static final int ANSWER_BYTES = 16 << 20;

    static long bytesOfAnswer(IoHandlerFactory io, Class<? extends ServerChannel> type) throws Exception {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, io);
        Channel server = new ServerBootstrap().group(group).channel(type).childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childHandler(new ChannelInboundHandlerAdapter() {
                    @Override public boolean isSharable() { return true; }
                    @Override public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                        if (event instanceof ChannelInputShutdownReadComplete) {
                            ctx.executor().schedule(() -> ctx.writeAndFlush(Unpooled.wrappedBuffer(new byte[ANSWER_BYTES]))
                                    .addListener(ChannelFutureListener.CLOSE), 200, TimeUnit.MILLISECONDS);
                        }
                    }
                }).bind(InetAddress.getLoopbackAddress(), 0).sync().channel();
        long bytes;
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), ((InetSocketAddress) server.localAddress()).getPort())) {
            client.shutdownOutput();
            Thread.sleep(1000);
            bytes = client.getInputStream().readAllBytes().length;
        }
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        return bytes;
    }

    public static void main(String[] args) throws Exception {
        long nio = bytesOfAnswer(NioIoHandler.newFactory(), NioServerSocketChannel.class);
        long epoll = bytesOfAnswer(EpollIoHandler.newFactory(), EpollServerSocketChannel.class);
        System.out.println("of " + ANSWER_BYTES + " bytes arrive: NIO " + nio + ", epoll " + epoll);
        System.exit(nio == ANSWER_BYTES && epoll < ANSWER_BYTES ? 0 : 1);
    }
}
JAVA
mvn -q dependency:copy-dependencies -DoutputDirectory=lib
timeout 60 java -cp "lib/*" HalfClose.java && echo "as described" || { echo "another behaviour than described"; exit 1; }
