package io.github.llmbudget.wire;

import io.github.llmbudget.token.StreamTokenCounter;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What was found in an answer so far. Hands each field to whoever keeps it. */
final class FoundFields implements JsonScanner.Listener {

    private static final Set<AnswerField> COUNTS = EnumSet.range(AnswerField.INPUT, AnswerField.TOTAL);
    private static final String ERROR_EVENT = "error";
    private static final String OTHER_KIND = "?";
    private static final BigDecimal LONGEST_AUDIO =
            BigDecimal.valueOf(Duration.ofDays(365).toSeconds());
    private static final int LONGEST_QUOTE = 40;
    private static final int MOST_ANOMALIES = 8;

    private final JsonAnswer answer;
    private final AnswerNames names = new AnswerNames();
    private final AnswerText texts;
    private final ReasoningItems reasoning = new ReasoningItems();
    private final UsageFigures usage = new UsageFigures();
    private final BilledTools tools = new BilledTools();
    private final ReportedCost cost = new ReportedCost();
    private final Set<String> anomalies = new LinkedHashSet<>();
    private final Consumer<String> asAnomaly = this::anomaly;

    private @Nullable BigDecimal audioSeconds;
    private long images;
    private boolean vectors;
    private boolean error;
    private boolean lastTextOver;
    private long textAtUsage;

    // Of the JSON text that is being read
    private String kind = "";
    private String markedKind = "";
    private boolean last;
    private boolean moreThanNames;

    /**
     * Creates what finds the fields of an answer.
     *
     * @param counters gives a counter for a text that is too long to be kept
     */
    FoundFields(JsonAnswer answer, Supplier<StreamTokenCounter> counters) {
        this.answer = answer;
        this.texts = new AnswerText(counters);
    }

    /** Forgets everything. */
    void clear() {
        names.clear();
        texts.clear();
        reasoning.clear();
        usage.clear();
        tools.clear();
        cost.clear();
        anomalies.clear();
        audioSeconds = null;
        images = 0;
        vectors = false;
        error = false;
        lastTextOver = false;
        textAtUsage = 0;
        markedKind = "";
        forgetText();
    }

    @Override
    public void opened(FieldPaths at) {
        AnswerField field = fieldOf(at);
        moreThanNames |= field != AnswerField.CHOICE && field != AnswerField.CALL;
        switch (field) {
            case USAGE, USAGE_SO_FAR -> usage.beginUsage();
            case SAMPLING -> usage.beginSampling();
            case INPUT_DETAIL, CACHED_DETAIL, OUTPUT_DETAIL -> usage.beginDetail();
            case TOOL_ITEM -> {
                tools.beginItem();
                reasoning.beginItem();
                texts.beginChoice();
            }
            case CALL -> texts.beginCall();
            case IMAGE -> images++;
            case CHOICE -> texts.beginChoice();
            case ERROR -> error = true;
            case VECTORS -> vectors = true;
            default -> {
                // The other fields are plain values.
            }
        }
    }

    @Override
    public void closed(FieldPaths at) {
        switch (fieldOf(at)) {
            case USAGE -> usage.endUsage(false);
            case USAGE_SO_FAR -> usage.endUsage(true);
            case SAMPLING -> usage.endSampling();
            case INPUT_DETAIL -> usage.endDetail(AnswerField.AUDIO_INPUT, AnswerField.IMAGE_INPUT);
            case CACHED_DETAIL -> usage.endDetail(AnswerField.CACHED_AUDIO_INPUT, AnswerField.CACHED_IMAGE_INPUT);
            case TOOL_ITEM -> {
                tools.endItem();
                reasoning.endItem();
                texts.endChoice();
            }
            case CALL -> texts.endCall();
            case OUTPUT_DETAIL -> usage.endDetail(AnswerField.AUDIO_OUTPUT, AnswerField.IMAGE_OUTPUT);
            case CHOICE -> texts.endChoice();
            default -> {
                // The other fields are plain values.
            }
        }
    }

    @Override
    public void text(FieldPaths at, byte[] bytes, int offset, int length) {
        if (!answer.tellsText(kind)) {
            return;
        }
        if (fieldOf(at) == AnswerField.TEXT) {
            texts.append(bytes, offset, length);
        } else {
            texts.appendArguments(bytes, offset, length);
        }
    }

    @Override
    public void value(FieldPaths at, JsonToken value) {
        switch (fieldOf(at)) {
            case MODEL -> names.model(value);
            case RESPONSE_ID -> names.responseId(value);
            case SERVICE_TIER -> names.serviceTier(value);
            case PROGRESS -> names.progress(value);
            case KIND -> kind = kindOf(value);
            case CHOICE_INDEX ->
                texts.choice(Math.max(0, value.count()), answer.textKinds.isEmpty() || !kind.isEmpty());
            case CALL_INDEX -> texts.call(Math.max(0, value.count()));
            default -> {
                moreThanNames = true;
                figure(at, value);
            }
        }
    }

    private void figure(FieldPaths at, JsonToken value) {
        switch (fieldOf(at)) {
            case LAST -> last = value.isTrue();
            case SPEED -> names.speed(value);
            case REGION -> names.region(value);
            case ERROR -> error |= !value.isEmpty() && !value.isFalse();
            case COST -> cost.usd(value.text());
            case COST_TICKS -> cost.ticks(value.text());
            case OWN_KEY -> cost.ownKey(value.isTrue());
            case OWN_KEY_COST -> cost.ownKeyUsd(value.text());
            case AUDIO_SECONDS -> audioSeconds = seconds(value.text());
            case TOOL_CALLS -> tools.counted(at.label(), Math.max(0, value.count()));
            case TOOL_ITEM_TYPE -> {
                tools.itemType(value);
                reasoning.itemType(value);
            }
            case TOOL_ITEM_NAME -> reasoning.itemName(value.text());
            case CALL_NAME -> callName(value);
            case TOOL_ITEM_ACTION -> tools.itemAction(value);
            case TOOL_ITEM_CONTAINER -> tools.itemContainer(value.text());
            case SEARCH -> tools.shown(BilledTools.WEB_SEARCH);
            case SAMPLING_KIND -> usage.samplingKind(value.text());
            case SAMPLING_MODEL -> usage.samplingModel(value.text());
            case DETAIL_MODALITY -> usage.modality(value.text());
            case DETAIL_COUNT -> usage.modalityCount(Math.max(0, value.count()));
            case INPUT_PART -> usage.addInput(Math.max(0, value.count()));
            default -> count(at, value);
        }
    }

    private void callName(JsonToken name) {
        if (answer.tellsText(kind) && !name.isEmpty()) {
            texts.callName(name.text());
        }
    }

    /** Reads a length that a recording can have. */
    private static @Nullable BigDecimal seconds(String number) {
        BigDecimal seconds = ReportedCost.amount(number);
        return seconds == null || seconds.compareTo(LONGEST_AUDIO) > 0 ? null : seconds;
    }

    private void count(FieldPaths at, JsonToken value) {
        AnswerField field = fieldOf(at);
        if (!COUNTS.contains(field)) {
            return;
        }
        long count = value.count();
        if (count >= 0) {
            usage.count(field, count);
        } else {
            anomaly(at.key() + " is " + abbreviated(value.toString()) + ", which is no count of tokens");
        }
    }

    @Override
    public boolean marked() {
        if (moreThanNames) {
            return false;
        }
        markedKind = kind;
        names.mark();
        texts.mark();
        return true;
    }

    @Override
    public void repeated() {
        if (!markedKind.equals(kind)) {
            kind = markedKind;
        }
        names.backToMark();
        texts.backToMark();
    }

    @Override
    public void ended(boolean complete) {
        if (answer.onlyKinds.isEmpty() || answer.onlyKinds.contains(kind)) {
            names.takeText();
            if (usage.takeText(answer.merge, complete)) {
                textAtUsage = texts.length();
            }
        }
        tools.textEnded();
        if (!answer.tellsText(kind)) {
            texts.discard();
        }
        texts.endText();
        error |= ERROR_EVENT.equals(kind);
        lastTextOver |= last || answer.lastKinds.contains(kind);
        forgetText();
    }

    private void forgetText() {
        names.forgetText();
        usage.forgetText();
        if (!kind.isEmpty()) {
            kind = "";
        }
        last = false;
        moreThanNames = false;
    }

    AnswerNames names() {
        return names;
    }

    AnswerText texts() {
        return texts;
    }

    /** Returns what later requests may name reasoning items by. */
    List<String> reasoningItems() {
        return reasoning.names();
    }

    ReportedCost cost() {
        return cost;
    }

    Map<String, Long> tools() {
        return tools.runs();
    }

    List<String> anomalies() {
        return anomalies.isEmpty() ? List.of() : List.copyOf(anomalies);
    }

    @Nullable
    Duration audioDuration() {
        return audioSeconds == null
                ? null
                : Duration.ofMillis(audioSeconds.movePointRight(3).longValue());
    }

    /** Returns how many images stand in the answer. */
    long images() {
        return images;
    }

    /** The framing may tell of an error where the text itself does not. */
    void errorEvent(boolean seen) {
        error |= seen;
    }

    boolean hasError() {
        return error;
    }

    /** Tells whether the text has ended that the service marks as the last that matters. */
    boolean isLastTextOver() {
        return lastTextOver;
    }

    /**
     * Puts the counts in our terms. Some services send zeros where they do not know, and some leave out what they have
     * not counted yet: neither is believed beside generated text.
     *
     * @param wellEnded whether the answer came to its end, and not to an error
     */
    ReadUsage usage(boolean wellEnded) {
        ReadUsage read = usage.read(answer.rule, answer.outputless || vectors, names.model(), asAnomaly);
        boolean nothing = read.isWhole() && read.tokens().total() == 0;
        if (nothing && (!texts.isEmpty() || cost.isPositive())) {
            return ReadUsage.NOTHING;
        }
        boolean doubtful = read.tokens().output() == 0
                ? !(wellEnded && answer.rule.leavesOutZeros())
                : !wellEnded && texts.length() > textAtUsage;
        return doubtful && !texts.isEmpty() ? read.soFar() : read;
    }

    private void anomaly(String clause) {
        if (anomalies.size() < MOST_ANOMALIES) {
            anomalies.add(clause);
        }
    }

    private String kindOf(JsonToken value) {
        for (String known : answer.knownKinds) {
            if (value.is(known)) {
                return known;
            }
        }
        return value.is(ERROR_EVENT) ? ERROR_EVENT : OTHER_KIND;
    }

    private static String abbreviated(String text) {
        return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
    }

    private static AnswerField fieldOf(FieldPaths at) {
        AnswerField field = at.field();
        if (field == null) {
            throw new IllegalStateException("Only fields are reported");
        }
        return field;
    }
}
