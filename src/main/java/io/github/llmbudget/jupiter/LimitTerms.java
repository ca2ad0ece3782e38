package io.github.llmbudget.jupiter;

import io.github.llmbudget.budget.Limit;
import io.github.llmbudget.budget.Over;
import io.github.llmbudget.budget.Scope;
import io.github.llmbudget.call.Role;
import io.github.llmbudget.config.Configuration;
import io.github.llmbudget.config.ConfigurationException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What the annotations of limits have in common beside their number. */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
record LimitTerms(Scope per, boolean[] hard, Role[] role, double warnAt, Over over) {

    static final LimitTerms USUAL =
            new LimitTerms(Scope.TEST, new boolean[0], new Role[] {Role.SUBJECT}, -1, Over.EACH);

    private static final double LEFT_OPEN = -1;

    /** Returns the same for limits that hold while calls run. */
    LimitTerms hardened() {
        return new LimitTerms(per, new boolean[] {true}, role, warnAt, over);
    }

    /** Returns the members of an annotation as they are written, the usual ones left out. */
    String members(String member, String value) {
        List<String> others = new ArrayList<>();
        if (per != Scope.TEST) {
            others.add("per = " + per);
        }
        if (hard.length > 0) {
            others.add("hard = " + hard[0]);
        }
        if (!Arrays.equals(role, USUAL.role)) {
            String roles = Arrays.stream(role).map(Role::name).collect(Collectors.joining(", "));
            others.add("role = " + (role.length == 1 ? roles : "{" + roles + "}"));
        }
        if (over != Over.EACH) {
            others.add("over = " + over);
        }
        String named = member.isEmpty() && !others.isEmpty() ? "value" : member;
        others.add(0, named.isEmpty() ? value : named + " = " + value);
        return String.join(", ", others);
    }

    /** Gives a limit these terms; what they leave open is as the configuration says. */
    Limit apply(Limit limit, Configuration configuration) {
        String place = limit.declaration() + " on " + limit.declaredOn();
        if (hard.length > 1) {
            throw new ConfigurationException(place + " is hard = " + Arrays.toString(hard) + ". Say it once.");
        }
        if (role.length == 0) {
            throw new ConfigurationException(place + " counts the calls of no role. Name one, such as role = SUBJECT.");
        }
        Set<Role> roles = EnumSet.copyOf(List.of(role));
        Limit changed = limit.of(per, roles).over(over);
        boolean isHard =
                hard.length == 1 ? hard[0] : over == Over.EACH && configuration.flag(Configuration.HARD, false);
        if (isHard) {
            changed = changed.hardened();
        }
        if (warnAt != LEFT_OPEN) {
            return changed.warningAt(share(place));
        }
        return configuration
                .share(Configuration.WARN_AT)
                .map(changed::warningAt)
                .orElse(changed);
    }

    private BigDecimal share(String place) {
        if (!(warnAt > 0 && warnAt <= 1)) {
            throw new ConfigurationException(place + " has warnAt = " + warnAt
                    + ", but it is a share of the limit: above 0 and at most 1, such as warnAt = 0.8.");
        }
        return BigDecimal.valueOf(warnAt);
    }
}
