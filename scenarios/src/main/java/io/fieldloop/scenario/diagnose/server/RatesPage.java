package io.fieldloop.scenario.diagnose.server;

import io.fieldloop.scenario.explain.Translation;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A page that stands alone: the rate of each class over time as a picture, and the diagnosis below it. */
public final class RatesPage {
    private static final int WIDTH = 960;
    private static final int HEIGHT = 240;
    private static final int GAP = 2;
    private static final List<String> COLOURS = List.of(
            "#4e79a7", "#f28e2b", "#e15759", "#76b7b2", "#59a14f", "#edc948", "#b07aa1", "#ff9da7", "#9c755f",
            "#bab0ac");

    private RatesPage() {}

    /**
     * The page as text.
     *
     * @param lines the diagnosis as text, in that language
     */
    public static String html(String title, Rates rates, List<String> lines, Translation language) {
        StringBuilder page = new StringBuilder();
        page.append("<!DOCTYPE html>\n<html lang=\"")
                .append(language.code())
                .append("\"><head><meta charset=\"utf-8\"><title>")
                .append(escape(title))
                .append(
                        "</title>\n<style>body{font:14px sans-serif;margin:2em;max-width:1000px}pre{white-space:pre-wrap}"
                                + ".key{display:inline-block;width:1em;height:1em;margin:0 .3em 0 1em}</style></head><body>\n<h1>")
                .append(escape(title))
                .append("</h1>\n");
        if (!rates.hours().isEmpty()) {
            legend(rates, page, language);
            picture(rates, page, language);
        }
        page.append("<pre>\n");
        lines.forEach(line -> page.append(escape(line)).append('\n'));
        return page.append("</pre>\n</body></html>\n").toString();
    }

    private static void legend(Rates rates, StringBuilder page, Translation language) {
        page.append("<p>").append(language.of("Lines an hour by class:"));
        for (String one : rates.classes()) {
            page.append("<span class=\"key\" style=\"background:")
                    .append(colour(rates, one))
                    .append("\"></span>")
                    .append(escape(one));
        }
        page.append("</p>\n");
    }

    private static void picture(Rates rates, StringBuilder page, Translation language) {
        int most = rates.hours().values().stream().mapToInt(Tally::sum).max().orElse(1);
        double step = (double) WIDTH / rates.hours().size();
        page.append("<svg viewBox=\"0 0 ")
                .append(WIDTH)
                .append(' ')
                .append(HEIGHT)
                .append("\" role=\"img\">\n");
        int place = 0;
        for (Map.Entry<String, Map<String, Integer>> hour : rates.hours().entrySet()) {
            double top = HEIGHT;
            for (Map.Entry<String, Integer> count : hour.getValue().entrySet()) {
                double height = (double) HEIGHT * count.getValue() / most;
                top -= height;
                page.append(String.format(
                        Locale.ROOT,
                        "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"><title>%s: %s %d</title></rect>%n",
                        place * step,
                        top,
                        Math.max(1, step - GAP),
                        height,
                        colour(rates, count.getKey()),
                        escape(hour.getKey()),
                        escape(count.getKey()),
                        count.getValue()));
            }
            place++;
        }
        List<String> hours = List.copyOf(rates.hours().keySet());
        page.append("</svg>\n<p>")
                .append(escape(language.say(
                        "{0} to {1}, at most {2} lines an hour", hours.get(0), hours.get(hours.size() - 1), most)))
                .append("</p>\n");
    }

    private static String colour(Rates rates, String one) {
        return COLOURS.get(rates.classes().indexOf(one) % COLOURS.size());
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
