package io.fieldloop.server.mqtt;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Who hears what, and what is kept for those who come later; from any thread. */
final class Topics {
    private final int retainedMax;
    private final Map<String, List<Subscription>> exact = new ConcurrentHashMap<>();
    private final List<Subscription> wildcards = new CopyOnWriteArrayList<>();
    private final Map<String, Publication> retained = new ConcurrentSkipListMap<>();

    Topics(int retainedMax) {
        this.retainedMax = retainedMax;
    }

    /** Takes the place of the client's subscription to the same filter; true if there was none. */
    synchronized boolean subscribe(Subscription subscription) {
        boolean fresh =
                !unsubscribe(subscription.client(), subscription.filter().text());
        listOf(subscription.filter().text()).add(subscription);
        return fresh;
    }

    synchronized boolean unsubscribe(MqttClient client, String filter) {
        if (TopicFilter.hasWildcard(filter)) {
            return wildcards.removeIf(
                    one -> one.client() == client && one.filter().text().equals(filter));
        }
        List<Subscription> there = exact.get(filter);
        boolean removed = there != null && there.removeIf(one -> one.client() == client);
        exact.computeIfPresent(filter, (text, list) -> list.isEmpty() ? null : list);
        return removed;
    }

    /** Each client once, with the highest QoS of its subscriptions that fit. */
    List<Subscription> listeners(String topic) {
        List<Subscription> named = exact.getOrDefault(topic, List.of());
        if (wildcards.isEmpty()) {
            return named;
        }
        List<Subscription> found = new ArrayList<>(named);
        for (Subscription one : wildcards) {
            if (one.filter().matches(topic)) {
                add(found, one);
            }
        }
        return found;
    }

    private static void add(List<Subscription> found, Subscription another) {
        for (int i = 0; i < found.size(); i++) {
            if (found.get(i).client() == another.client()) {
                if (found.get(i).qos() < another.qos()) {
                    found.set(i, another);
                }
                return;
            }
        }
        found.add(another);
    }

    /** Keeps a message for later subscribers; an empty one takes away what was kept. */
    void keep(Publication publication, long nowNanos) {
        if (retained.size() >= retainedMax) {
            forgetExpired(nowNanos);
        }
        if (publication.payload().length == 0) {
            retained.remove(publication.topic());
        } else if (retained.size() < retainedMax || retained.containsKey(publication.topic())) {
            retained.put(publication.topic(), publication);
        }
    }

    /** What was kept, has not expired and fits, in the order of the topics. */
    List<Publication> kept(TopicFilter filter, long nowNanos) {
        forgetExpired(nowNanos);
        return retained.values().stream()
                .filter(one -> filter.matches(one.topic()))
                .toList();
    }

    private void forgetExpired(long nowNanos) {
        retained.values().removeIf(one -> one.properties().expired(nowNanos));
    }

    private List<Subscription> listOf(String filter) {
        return TopicFilter.hasWildcard(filter)
                ? wildcards
                : exact.computeIfAbsent(filter, text -> new CopyOnWriteArrayList<>());
    }
}
