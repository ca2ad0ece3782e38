package io.github.llmbudget.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.Charset;

/** The signs with which a test is shown at a glance. */
enum Glyphs {
    /** For all who can show them. */
    UNICODE("\u2714", "\u2718", "\u26A0", "\u25CB", "\u2593", "\u2591"),
    /** For consoles that know no more. */
    ASCII("ok", "FAIL", "warn", "skip", "#", "-");

    private static final int CELLS = 5;

    private final String fine;
    private final String broken;
    private final String doubtful;
    private final String aborted;
    private final String full;
    private final String empty;

    Glyphs(String fine, String broken, String doubtful, String aborted, String full, String empty) {
        this.fine = fine;
        this.broken = broken;
        this.doubtful = doubtful;
        this.aborted = aborted;
        this.full = full;
        this.empty = empty;
    }

    /** Returns the signs that a charset has. */
    static Glyphs of(Charset charset) {
        String all = UNICODE.fine + UNICODE.broken + UNICODE.doubtful + UNICODE.aborted + UNICODE.full + UNICODE.empty;
        return charset.canEncode() && charset.newEncoder().canEncode(all) ? UNICODE : ASCII;
    }

    String mark(Standing standing) {
        return switch (standing) {
            case OVER_BUDGET, FAILED -> broken;
            case NEAR_LIMIT, UNKNOWN_COST -> doubtful;
            case ABORTED -> aborted;
            case FINE -> fine;
        };
    }

    String emptyBar() {
        return empty.repeat(CELLS);
    }

    /** Draws how much of a limit was used: something as soon as there is something, all only where all of it was. */
    String bar(LimitUsage limit) {
        BigDecimal cells = limit.share()
                .min(BigDecimal.ONE)
                .multiply(BigDecimal.valueOf(CELLS))
                .setScale(0, RoundingMode.DOWN);
        int least = limit.used().signum() > 0 ? 1 : 0;
        int most = limit.used().compareTo(limit.limit().max()) < 0 ? CELLS - 1 : CELLS;
        boolean isOver = limit.used().compareTo(limit.limit().max()) > 0;
        int filled = isOver ? CELLS : Math.max(least, Math.min(cells.intValueExact(), most));
        return full.repeat(filled) + empty.repeat(CELLS - filled);
    }
}
