package io.fieldloop.scenario.diagnose.judge;

import io.fieldloop.device.event.FailureReason;
import io.fieldloop.scenario.diagnose.Cause;
import io.fieldloop.scenario.diagnose.Confidence;
import io.fieldloop.scenario.diagnose.Evidence;
import io.fieldloop.scenario.diagnose.conversation.Connection;
import io.fieldloop.scenario.diagnose.conversation.Conversation;
import io.fieldloop.scenario.diagnose.tcp.Half;
import io.fieldloop.scenario.diagnose.tcp.Moment;
import io.fieldloop.scenario.diagnose.tcp.TcpConnection;
import io.fieldloop.scenario.diagnose.tls.Alert;
import io.fieldloop.scenario.diagnose.tls.TlsConversation;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One connection as the judges look at it: who ended it and when, and how its packets are named as evidence. */
public final class Scene {
    /** Firmware waits ten seconds and more in every phase; who ends sooner does it for another reason than patience. */
    private static final double PATIENCE_SECONDS = 4;

    private final Connection connection;
    private final Moment captureEnd;

    /** A connection, in a capture that ends with that packet of whatever connection. */
    public Scene(Connection connection, Moment captureEnd) {
        this.connection = connection;
        this.captureEnd = captureEnd;
    }

    public TcpConnection tcp() {
        return connection.tcp();
    }

    public Conversation said() {
        return connection.said();
    }

    public Half client() {
        return connection.tcp().client();
    }

    Half server() {
        return connection.tcp().server();
    }

    Moment captureEnd() {
        return captureEnd;
    }

    static Cause certain(FailureReason reason, Evidence... evidence) {
        return new Cause(reason.wireName(), Confidence.CERTAIN, List.of(evidence), List.of());
    }

    static Cause likely(FailureReason reason, String tell, Evidence... evidence) {
        return new Cause(reason.wireName(), Confidence.LIKELY, List.of(evidence), List.of(tell));
    }

    static Cause possible(FailureReason reason, String tell, Evidence... evidence) {
        return new Cause(reason.wireName(), Confidence.POSSIBLE, List.of(evidence), List.of(tell));
    }

    /** A packet as evidence: when it came, counted from the connection's first packet, and what it shows. */
    public Evidence see(Moment at, String shown, String says) {
        return new Evidence("packet " + at.packet(), "+" + seconds(at.secondsSince(tcp().first())) + " " + shown, says);
    }

    public static String seconds(double seconds) {
        return String.format(Locale.ROOT, seconds < 10 ? "%.3f s" : "%.1f s", seconds);
    }

    /** What the server did first to end the connection, or null where it did nothing. */
    @Nullable
    public Moment serverEnd() {
        return first(first(server().fin(), server().reset()), closeNotify(false));
    }

    @Nullable
    public Moment clientEnd() {
        return first(first(client().fin(), client().reset()), closeNotify(true));
    }

    /** TLS is closed before TCP is, or broken off; once one end has said so the other only answers. */
    private @Nullable Moment closeNotify(boolean ofClient) {
        return alerts(ofClient).findFirst().map(Alert::at).orElse(null);
    }

    private Stream<Alert> alerts(boolean ofClient) {
        TlsConversation tls = said().tls();
        return tls == null
                ? Stream.empty()
                : tls.alerts().stream()
                        .filter(alert -> alert.fromClient() == ofClient
                                && (alert.number() == 0 || alert.fatal() || !alert.isReadable()));
    }

    private static @Nullable Moment first(@Nullable Moment one, @Nullable Moment other) {
        return one == null || (other != null && other.compareTo(one) < 0) ? other : one;
    }

    /** Whether the server ended it, and the client had not before. */
    public boolean isEndedByServer() {
        Moment end = serverEnd();
        Moment other = clientEnd();
        return end != null && (other == null || end.compareTo(other) < 0);
    }

    public boolean isEndedByClient() {
        return clientEnd() != null && !isEndedByServer();
    }

    /** Whether the server ended it with a fatal alert. */
    boolean isBrokenOff() {
        return isEndedByServer()
                && alerts(false)
                        .anyMatch(alert -> alert.number() > 0 && alert.at().equals(serverEnd()));
    }

    public boolean isReset() {
        return isEndedByServer() && Objects.equals(serverEnd(), server().reset());
    }

    /** How long the server had been silent when the client gave up, or when the capture ended. */
    double serverSilenceSeconds() {
        Moment end = clientEnd();
        Moment until = end == null ? captureEnd : end;
        Moment last = lastOfServerBefore(until);
        return until.secondsSince(last);
    }

    /** The server's last packet with something in it, or when the connection opened. */
    Moment lastOfServerBefore(Moment until) {
        Moment last = Moment.later(tcp().synAck(), server().lastBytes());
        return last == null || last.compareTo(until) > 0 ? tcp().first() : last;
    }

    /** Whether the client waited before it ended the connection, as one that runs into a limit does. */
    boolean isPatienceOver() {
        return isEndedByClient() && serverSilenceSeconds() >= PATIENCE_SECONDS;
    }

    /** Whether neither end has ended it, and the last thing to be seen of it is the client waiting. */
    boolean isLeftWaiting() {
        return clientEnd() == null && serverEnd() == null && serverSilenceSeconds() >= PATIENCE_SECONDS;
    }

    public Evidence ending() {
        Moment end = clientEnd();
        return end == null
                ? see(captureEnd, "end of the capture", "and nothing more of this connection came")
                : see(
                        end,
                        "client: " + closing(end, client(), true),
                        "it gave up after " + seconds(serverSilenceSeconds()) + " of silence");
    }

    /** Who ended it, without why; null where nobody did. */
    public @Nullable Evidence end() {
        Moment client = clientEnd();
        return isEndedByServer()
                ? serverEnding(Objects.requireNonNull(serverEnd()))
                : client == null ? null : see(client, "client: " + closing(client, client(), true), "");
    }

    Evidence serverEnding(Moment end) {
        return see(end, "server: " + closing(end, server(), false), end.equals(server().reset()) ? middleBox() : "");
    }

    private String closing(Moment end, Half half, boolean ofClient) {
        return end.equals(half.reset())
                ? "RST"
                : end.equals(half.fin())
                        ? "FIN"
                        : alerts(ofClient)
                                .filter(alert -> alert.at().equals(end) && alert.number() > 0)
                                .findFirst()
                                .map(alert -> "fatal alert " + alert.number() + " " + alert.name())
                                .orElse("close_notify");
    }

    /** A reset that did not travel as far as the server's other packets was not sent by the server. */
    private String middleBox() {
        int usual = server().timeToLive();
        int ofReset = server().timeToLiveOfReset();
        return usual == 0 || usual == ofReset
                ? "sent with the same time to live as the server's other packets"
                : "sent with time to live " + ofReset + " where the server's packets have " + usual
                        + ": something on the way sent it";
    }
}
