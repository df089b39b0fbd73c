package io.fieldloop.device.modem.driver;

import io.fieldloop.device.context.DeviceContext;
import io.fieldloop.device.event.LogLevel;
import io.fieldloop.device.modem.driver.AtRequest.AtResult;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * From power to a network, as AtModem::Detect and WaitForNetworkReady of 78/esp-ml307 3.6.4 go about it.
 *
 * <p>Finding the speed and waiting for registration have no time limit. The board tries six times, 10 s apart (ml307_board.cc).
 */
final class BringUp implements AtUart.Listener {

    /** How it ended, in the words of {@code NetworkStatus}. */
    enum Status {
        READY,
        ERROR_INSERT_PIN,
        ERROR_REGISTRATION_DENIED,
        ERROR
    }

    private static final List<Integer> SPEEDS =
            List.of(115_200, 921_600, 460_800, 230_400, 57_600, 38_400, 19_200, 9_600);
    private static final Duration PROBE = Duration.ofMillis(20);
    private static final Duration COMMAND = Duration.ofSeconds(1);
    private static final Duration ONE_SECOND = Duration.ofSeconds(1);
    private static final Duration AGAIN = Duration.ofSeconds(10);
    private static final int ROUNDS = 6;
    private static final int SIM_QUERIES = 10;
    private static final int NO_SIM = 10;
    private static final int DENIED = 3;
    private static final String TAG = "AtModem";

    private final DeviceContext context;
    private final AtUart uart;
    private final int wanted;
    private final IntConsumer speed;
    private final Consumer<Status> ended;
    private @Nullable Future<?> timer;
    private int rounds;
    private boolean waitsForNetwork;
    private boolean over;
    private boolean address;
    private SocketDialect.Family family = SocketDialect.Family.of("");

    /** A bring-up that sets the host's speed by {@code speed}, and tells {@code ended} how every round ended. */
    BringUp(DeviceContext context, AtUart uart, int wanted, IntConsumer speed, Consumer<Status> ended) {
        this.context = context;
        this.uart = uart;
        this.wanted = wanted;
        this.speed = speed;
        this.ended = ended;
    }

    void begin() {
        uart.listen(this);
        detect();
    }

    void stop() {
        over = true;
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private void detect() {
        context.log(LogLevel.INFO, "AtUart", "Detecting baud rate...");
        probe(SPEEDS.iterator());
    }

    private void probe(Iterator<Integer> speeds) {
        if (!speeds.hasNext()) {
            later(ONE_SECOND, this::detect);
            return;
        }
        int baud = speeds.next();
        speed.accept(baud);
        ask("AT", PROBE, result -> {
            if (result == AtResult.OK) {
                context.log(LogLevel.INFO, "AtUart", "Detected baud rate: " + baud);
                changeSpeed(baud);
            } else {
                probe(speeds);
            }
        });
    }

    private void changeSpeed(int now) {
        if (now == wanted) {
            identify();
            return;
        }
        ask("AT+IPR=" + wanted, COMMAND, result -> {
            if (result == AtResult.OK) {
                speed.accept(wanted);
                context.log(LogLevel.INFO, "AtUart", "Set baud rate to " + wanted);
                identify();
            } else {
                context.log(LogLevel.INFO, "AtUart", "Failed to set baud rate to " + wanted);
                again(Status.ERROR);
            }
        });
    }

    private void identify() {
        ask("AT+CGMR", Duration.ofSeconds(3), result -> {
            if (result != AtResult.OK) {
                context.log(LogLevel.ERROR, TAG, "Failed to send AT+CGMR command");
                later(ONE_SECOND, this::detect); // Detect() gives nullptr, and the board calls it again
                return;
            }
            context.log(LogLevel.INFO, TAG, "Detected modem: " + uart.response());
            family = SocketDialect.Family.of(uart.response());
            family.greeting().forEach(command -> ask(command, COMMAND, greeted -> {}));
            round();
        });
    }

    private void round() {
        rounds++;
        context.log(LogLevel.INFO, TAG, "Waiting for network ready...");
        querySim(SIM_QUERIES);
    }

    /** That an OK comes is all it looks at: a SIM that wants its PIN passes. */
    private void querySim(int left) {
        ask("AT+CPIN?", COMMAND, result -> {
            if (result == AtResult.OK || left == 0) {
                register();
            } else if (uart.cmeError() == NO_SIM) {
                again(Status.ERROR_INSERT_PIN);
            } else {
                later(ONE_SECOND, () -> querySim(left - 1));
            }
        });
    }

    private void register() {
        ask("AT+CEREG=2", COMMAND, result -> {
            if (result == AtResult.OK) {
                waitsForNetwork = true;
                ask("AT+CEREG?", COMMAND, asked -> {});
            } else {
                again(Status.ERROR);
            }
        });
    }

    @Override
    public void heard(String name, AtArguments arguments) {
        if (name.equals("CEREG") && arguments.count() > 0) {
            registered(statOf(arguments));
        } else if (name.equals("MIPCALL") && arguments.count() >= 3 && arguments.number(1) == 1) {
            address = true;
        }
    }

    /** One argument alone counts as 0, whatever it says. */
    private static int statOf(AtArguments arguments) {
        if (arguments.count() == 1) {
            return 0;
        }
        return arguments.number(arguments.isNumber(1) ? 1 : 0);
    }

    private void registered(int stat) {
        if (!waitsForNetwork) {
            return;
        }
        if (stat == 1 || stat == 5) {
            waitsForNetwork = false;
            if (family.asksForAddress()) {
                askForAddress(10, Duration.ofMillis(10));
            } else {
                ended.accept(Status.READY);
            }
        } else if (stat == DENIED) {
            waitsForNetwork = false;
            again(Status.ERROR_REGISTRATION_DENIED);
        }
    }

    private void askForAddress(int left, Duration pause) {
        if (address || left == 0) {
            if (!address) {
                context.log(LogLevel.ERROR, "Ml307AtModem", "Network ready but no IP address");
            }
            ended.accept(Status.READY);
            return;
        }
        ask("AT+MIPCALL?", COMMAND, result -> {
            Duration next = pause.multipliedBy(2);
            later(
                    address ? Duration.ZERO : pause,
                    () -> askForAddress(left - 1, next.compareTo(ONE_SECOND) > 0 ? ONE_SECOND : next));
        });
    }

    private void again(Status status) {
        if (rounds < ROUNDS) {
            later(AGAIN, this::round);
        }
        ended.accept(status);
    }

    private void ask(String command, Duration limit, Consumer<AtResult> done) {
        uart.send(new AtRequest(command, limit, null, result -> {
            if (!over) {
                done.accept(result);
            }
        }));
    }

    private void later(Duration delay, Runnable task) {
        timer = context.schedule(task, delay);
    }
}
