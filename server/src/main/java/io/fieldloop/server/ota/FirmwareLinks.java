package io.fieldloop.server.ota;

import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Links that end after three downloads, as manager-api's do: a device that fails three times cannot get the image any more. */
final class FirmwareLinks {
    private static final int DOWNLOADS_MAX = 3;
    private static final int LINKS_MAX = 10_000;

    private final SecureRandom random;
    private final Map<String, Integer> downloads = new LinkedHashMap<>();

    FirmwareLinks(SecureRandom random) {
        this.random = random;
    }

    /** The last part of a new link. */
    synchronized String issue() {
        String link = new UUID(random.nextLong(), random.nextLong()).toString();
        downloads.put(link, 0);
        if (downloads.size() > LINKS_MAX) {
            downloads.remove(downloads.keySet().iterator().next());
        }
        return link;
    }

    /** Counts one download; empty where there is none left, or never was such a link. */
    synchronized Optional<Integer> use(String link) {
        Integer count = downloads.computeIfPresent(link, (name, used) -> used + 1);
        return Optional.ofNullable(count).filter(used -> used <= DOWNLOADS_MAX);
    }
}
