package io.github.llmbudget.cassette;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Shows how two bodies differ: like lines around the differing ones, and none of what is far from them. */
final class BodyDiff {

    private static final int CONTEXT = 3;
    private static final int MOST_ROWS = 40;
    private static final int MOST_IN_BLOCK = 15;
    private static final int WIDEST = 140;
    private static final int BEFORE_DIFFERENCE = 40;

    /** More lines than these are not aligned: it would take too long, and nobody would read it. */
    private static final int MOST_ALIGNED = 800;

    private final List<String> recorded;
    private final List<String> sent;
    private final List<Row> rows = new ArrayList<>();

    private final int alikeBefore;
    private final int alikeAfter;

    BodyDiff(String recordedBody, String sentBody) {
        recorded = BodyLines.of(recordedBody);
        sent = BodyLines.of(sentBody);
        int shorter = Math.min(recorded.size(), sent.size());
        int before = 0;
        while (before < shorter && areAlike(recorded.get(before), sent.get(before))) {
            before++;
        }
        int after = 0;
        while (after < shorter - before
                && areAlike(recorded.get(recorded.size() - 1 - after), sent.get(sent.size() - 1 - after))) {
            after++;
        }
        alikeBefore = before;
        alikeAfter = after;
        align();
    }

    private record Row(char sign, String text) {}

    private void align() {
        List<String> one = recorded.subList(alikeBefore, recorded.size() - alikeAfter);
        List<String> other = sent.subList(alikeBefore, sent.size() - alikeAfter);
        alike(recorded.subList(0, alikeBefore));
        if (Math.max(one.size(), other.size()) > MOST_ALIGNED) {
            differing(one, other);
        } else {
            int at = 0;
            for (AbstractDelta<String> delta :
                    DiffUtils.diff(one, other, BodyDiff::areAlike).getDeltas()) {
                int position = delta.getSource().getPosition();
                alike(one.subList(at, position));
                differing(delta.getSource().getLines(), delta.getTarget().getLines());
                at = position + delta.getSource().getLines().size();
            }
            alike(one.subList(at, one.size()));
        }
        alike(recorded.subList(recorded.size() - alikeAfter, recorded.size()));
    }

    /** An element that is not the last any more has a comma behind it, and that is all that has changed of it. */
    private static boolean areAlike(String one, String other) {
        return one.equals(other) || bare(one).equals(bare(other));
    }

    private static String bare(String line) {
        return line.endsWith(",") ? line.substring(0, line.length() - 1) : line;
    }

    private void alike(List<String> lines) {
        lines.forEach(line -> rows.add(new Row(' ', cut(line, 0))));
    }

    private void differing(List<String> before, List<String> after) {
        differing('-', before, after);
        differing('+', after, before);
    }

    private void differing(char sign, List<String> lines, List<String> others) {
        // Of a long block, the beginnings of both sides: one side alone would say nothing.
        int shown = lines.size() + others.size() > MOST_ROWS ? Math.min(lines.size(), MOST_IN_BLOCK) : lines.size();
        for (int i = 0; i < shown; i++) {
            rows.add(new Row(sign, cut(lines.get(i), i < others.size() ? difference(lines.get(i), others.get(i)) : 0)));
        }
        if (shown < lines.size()) {
            rows.add(new Row(sign, "… " + (lines.size() - shown) + " more lines"));
        }
    }

    /** Where two lines begin to differ. */
    private static int difference(String one, String other) {
        int shorter = Math.min(one.length(), other.length());
        int at = 0;
        while (at < shorter && one.charAt(at) == other.charAt(at)) {
            at++;
        }
        return at;
    }

    /** Cuts a long line around what matters in it. */
    private static String cut(String line, int around) {
        if (line.length() <= WIDEST) {
            return line;
        }
        int indent = 0;
        while (line.charAt(indent) == ' ') {
            indent++;
        }
        int from = around < WIDEST - BEFORE_DIFFERENCE ? 0 : around - BEFORE_DIFFERENCE;
        int to = Math.min(line.length(), from + WIDEST);
        String begin = from == 0 ? "" : " ".repeat(Math.min(indent, BEFORE_DIFFERENCE)) + "…";
        return begin + line.substring(from, to) + (to == line.length() ? "" : "… (" + line.length() + " characters)");
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        boolean[] near = nearDifferences();
        int shown = 0;
        for (int at = 0; at < rows.size(); at++) {
            int far = at;
            while (far < rows.size() && !near[far]) {
                far++;
            }
            // One line takes no more room than to say that one was left out.
            if (far - at > 1) {
                text.append("  … ").append(far - at).append(" lines alike\n");
                at = far - 1;
            } else if (shown == MOST_ROWS) {
                long more = rows.subList(at, rows.size()).stream()
                        .filter(row -> row.sign != ' ')
                        .count();
                text.append("  … ").append(more).append(more == 1 ? " more line differs" : " more lines differ");
                break;
            } else {
                Row row = rows.get(at);
                text.append(row.sign).append(' ').append(row.text).append('\n');
                shown++;
            }
        }
        return text.toString().stripTrailing();
    }

    private boolean[] nearDifferences() {
        boolean[] near = new boolean[rows.size()];
        for (int i = 0; i < near.length; i++) {
            if (rows.get(i).sign != ' ') {
                Arrays.fill(near, Math.max(0, i - CONTEXT), Math.min(near.length, i + CONTEXT + 1), true);
            }
        }
        return near;
    }
}
