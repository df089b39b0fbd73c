package io.fieldloop.scenario.rig.virtual;

import io.fieldloop.scenario.rig.RunAuthority;
import io.fieldloop.scenario.rig.SeededSecureRandom;
import io.fieldloop.scenario.rig.Seeds;
import io.fieldloop.server.pki.CertificateAuthority;
import io.fieldloop.server.pki.CertificateChain;
import io.fieldloop.server.pki.CertificateRequest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what authorities of virtual runs have made, since most cases of a suite ask the same seed for the same certificates.
 *
 * <p>What an authority issues depends on its seed, the time, and all it was asked before; so that history is what an answer is filed under,
 * and one that is not there is made by an authority that goes through it once more. May be shared by any number of runs and threads.
 */
final class MintedCertificates {
    /** Far more than a suite's; beyond that each is made when it is asked for. */
    private static final int ANSWERS_MAX = 1024;

    private final Map<History, Object> answers = new ConcurrentHashMap<>();

    /** An authority that is new, at the time {@code clock} shows. */
    RunAuthority authority(Seeds seeds, InstantSource clock) {
        return new Remembering(seeds, clock);
    }

    private record Order(Instant at, CertificateRequest request) {}

    private record History(Seeds seeds, Instant began, List<Order> orders) {}

    private <T> T remembered(History history, Class<T> kind, Supplier<T> maker) {
        return kind.cast(
                answers.size() < ANSWERS_MAX
                        ? answers.computeIfAbsent(history, absent -> maker.get())
                        : answers.getOrDefault(history, maker.get()));
    }

    private final class Remembering implements RunAuthority {
        private final Seeds seeds;
        private final InstantSource clock;
        private final Instant began;
        private final List<Order> orders = new ArrayList<>();

        Remembering(Seeds seeds, InstantSource clock) {
            this.seeds = seeds;
            this.clock = clock;
            this.began = clock.instant();
        }

        @Override
        public X509Certificate root() {
            History nothingAsked = new History(seeds, began, List.of());
            return remembered(nothingAsked, X509Certificate.class, () -> new Replay(nothingAsked).root());
        }

        @Override
        public CertificateChain issue(CertificateRequest request) {
            orders.add(new Order(clock.instant(), request));
            History history = new History(seeds, began, List.copyOf(orders));
            return remembered(history, CertificateChain.class, () -> new Replay(history).last());
        }
    }

    /** An authority that goes through a history. */
    private static final class Replay {
        private final History history;
        private final CertificateAuthority authority;
        private Instant now;

        Replay(History history) {
            this.history = history;
            this.now = history.began();
            this.authority = CertificateAuthority.withKnownPrimes(
                    () -> now, new SeededSecureRandom(history.seeds().generator("pki")));
        }

        X509Certificate root() {
            return authority.root();
        }

        CertificateChain last() {
            @Nullable CertificateChain last = null;
            for (Order order : history.orders()) {
                now = order.at();
                last = authority.issue(order.request());
            }
            return Objects.requireNonNull(last);
        }
    }
}
