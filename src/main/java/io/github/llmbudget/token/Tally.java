package io.github.llmbudget.token;

import io.github.llmbudget.call.EstimateReason;
import io.github.llmbudget.call.TokenEstimate;
import java.util.EnumSet;
import java.util.Set;

/** Adds up the tokens of a prompt or an answer, and notes what is in doubt. */
final class Tally {

    private final TextEncoding encoding;
    private final Set<EstimateReason> reasons = EnumSet.noneOf(EstimateReason.class);
    private long value;
    private long lowerBound;

    Tally(CountedModel model) {
        this.encoding = model.encoding();
        reasons.addAll(model.reasons());
    }

    /** Adds a text that is a part of what is counted, whatever stands around it. */
    void text(CharSequence text) {
        certain(encoding.count(text));
    }

    /** Adds tokens that are there for certain. */
    void certain(long tokens) {
        value += tokens;
        lowerBound += tokens;
    }

    /** Adds tokens that a rule found in recordings says; a negative number takes some away. */
    void likely(long tokens) {
        value += tokens;
        lowerBound += Math.min(0, tokens);
    }

    /** Adds a text that was written into the answer. */
    void written(WrittenText text) {
        text(text.text());
        certain(text.countedTokens());
    }

    /** Adds a text that the service writes from what the request declares, by rules that were found in recordings. */
    void rendered(String text) {
        likely(encoding.count(text));
    }

    /** Adds a text of the request together with what the service writes behind it. */
    void textWithRendered(String text, String whole) {
        between(encoding.count(text), encoding.count(whole));
    }

    /** Adds tokens of which a part is there for certain: as many as its text has by itself, but not more than there are. */
    void between(long least, long most) {
        value += most;
        lowerBound += Math.min(least, most);
    }

    void doubt(EstimateReason reason) {
        reasons.add(reason);
    }

    /** Adds another estimate with its doubts. */
    void add(TokenEstimate more) {
        value += more.value();
        lowerBound += more.lowerBound();
        reasons.addAll(more.reasons());
    }

    /** Counts a text without adding it. */
    long count(CharSequence text) {
        return encoding.count(text);
    }

    TokenEstimate toEstimate() {
        return new TokenEstimate(Math.max(0, value), Math.max(0, Math.min(value, lowerBound)), reasons);
    }
}
