package io.github.llmbudget.wire;

import io.github.llmbudget.call.TokenCounts;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What was found in an answer so far. The last usage object wins: services send running totals. */
final class FoundFields implements JsonScanner.Listener {

    /** Samplings that are billed on top of what the usage object itself counts. */
    private static final Set<String> BILLED_BESIDE = Set.of("compaction", "advisor_message");

    private static final Set<AnswerField> COUNTS = EnumSet.range(AnswerField.INPUT, AnswerField.TOTAL);
    private static final String ERROR_EVENT = "error";
    private static final BigDecimal TICKS_PER_USD = BigDecimal.TEN.pow(10);
    private static final int LONGEST_NUMBER = 40;
    private static final int MOST_ANOMALIES = 8;

    private final JsonAnswer answer;
    private final AnswerText texts = new AnswerText();
    private final BilledTools tools = new BilledTools();
    private final Set<String> anomalies = new LinkedHashSet<>();

    private final RepeatedName modelName = new RepeatedName();
    private final RepeatedName tierName = new RepeatedName();
    private final RepeatedName progressName = new RepeatedName();

    private @Nullable String model;
    private @Nullable String responseId;
    private @Nullable String serviceTier;
    private String progress = "";
    private boolean error;
    private boolean vectors;
    private boolean lastTextOver;

    private @Nullable BigDecimal cost;
    private @Nullable BigDecimal ownKeyCost;
    private boolean ownKey;
    private @Nullable BigDecimal audioSeconds;

    private final ReportedCounts usage = new ReportedCounts();
    private boolean usageFinal;
    private long textAtUsage;
    private final ReportedCounts samplingsBeside = new ReportedCounts();
    private @Nullable String modelBeside;

    // What the text that is being read tells; it holds once the text is over and is of the right kind.
    private final ReportedCounts textUsage = new ReportedCounts();
    private boolean textUsageSoFar;
    private @Nullable String textModel;
    private @Nullable String textResponseId;
    private @Nullable String textProgress;
    private @Nullable String textTier;
    private String kind = "";
    private boolean figuresInText;

    private String markedKind = "";
    private @Nullable String markedModel;
    private @Nullable String markedTier;
    private @Nullable String markedProgress;
    private boolean last;

    private final ReportedCounts sampling = new ReportedCounts();
    private final ReportedCounts textSamplingsBeside = new ReportedCounts();
    private boolean inSampling;
    private @Nullable String samplingKind;
    private @Nullable String samplingModel;
    private @Nullable String modality;
    private long modalityCount;

    FoundFields(JsonAnswer answer) {
        this.answer = answer;
    }

    @Override
    public void opened(FieldPaths at) {
        figuresInText |= at.field() != AnswerField.CHOICE;
        switch (fieldOf(at)) {
            case USAGE, USAGE_SO_FAR -> {
                textUsage.clear();
                textSamplingsBeside.clear();
            }
            case SAMPLING -> {
                inSampling = true;
                sampling.clear();
                samplingKind = null;
                samplingModel = null;
            }
            case INPUT_DETAIL, OUTPUT_DETAIL -> {
                modality = null;
                modalityCount = 0;
            }
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
            case USAGE, USAGE_SO_FAR -> textUsageSoFar = at.field() == AnswerField.USAGE_SO_FAR;
            case SAMPLING -> {
                inSampling = false;
                if (samplingKind != null && BILLED_BESIDE.contains(samplingKind)) {
                    textSamplingsBeside.addAll(sampling);
                    modelBeside = samplingModel == null ? modelBeside : samplingModel;
                }
            }
            case INPUT_DETAIL -> modalityCounted(AnswerField.AUDIO_INPUT, AnswerField.IMAGE_INPUT);
            case OUTPUT_DETAIL -> modalityCounted(AnswerField.AUDIO_OUTPUT, AnswerField.IMAGE_OUTPUT);
            case CHOICE -> texts.endChoice();
            default -> {
                // The other fields are plain values.
            }
        }
    }

    private void modalityCounted(AnswerField audio, AnswerField image) {
        if ("AUDIO".equals(modality)) {
            textUsage.put(audio, modalityCount);
        } else if ("IMAGE".equals(modality)) {
            textUsage.put(image, modalityCount);
        }
    }

    @Override
    public void text(byte[] bytes, int offset, int length) {
        texts.append(bytes, offset, length);
    }

    @Override
    public void value(FieldPaths at, JsonToken value) {
        switch (fieldOf(at)) {
            case MODEL -> textModel = value.isEmpty() ? textModel : modelName.of(value);
            case RESPONSE_ID -> textResponseId = responseId != null || value.isEmpty() ? textResponseId : value.text();
            case SERVICE_TIER -> textTier = value.isEmpty() ? textTier : tierName.of(value);
            case PROGRESS -> textProgress = progressName.of(value);
            case KIND -> kind = kindOf(value);
            case CHOICE_INDEX -> texts.choice(Math.max(0, value.count()));
            default -> {
                figuresInText = true;
                figure(at, value);
            }
        }
    }

    private void figure(FieldPaths at, JsonToken value) {
        switch (fieldOf(at)) {
            case LAST -> last = value.isTrue();
            case ERROR -> error |= !value.isEmpty() && !(value.is("false") && !value.isText());
            case COST -> cost = money(value, cost);
            case COST_TICKS -> {
                BigDecimal ticks = money(value, null);
                cost = ticks == null ? cost : ticks.divide(TICKS_PER_USD);
            }
            case OWN_KEY -> ownKey = value.isTrue();
            case OWN_KEY_COST -> ownKeyCost = money(value, ownKeyCost);
            case AUDIO_SECONDS -> audioSeconds = money(value, audioSeconds);
            case TOOL_CALLS -> {
                long runs = value.count();
                if (runs >= 0) {
                    tools.counted(at.label(), runs);
                }
            }
            case TOOL_ITEM -> tools.item(value);
            case SEARCH -> tools.shown(BilledTools.WEB_SEARCH);
            case SAMPLING_KIND -> samplingKind = value.text();
            case SAMPLING_MODEL -> samplingModel = value.text();
            case DETAIL_MODALITY -> modality = value.text();
            case INPUT_PART -> textUsage.add(AnswerField.INPUT, Math.max(0, value.count()));
            case DETAIL_COUNT -> modalityCount = Math.max(0, value.count());
            default -> count(at, value);
        }
    }

    private void count(FieldPaths at, JsonToken value) {
        AnswerField field = fieldOf(at);
        if (!COUNTS.contains(field)) {
            return;
        }
        long count = value.count();
        if (count >= 0) {
            (inSampling ? sampling : textUsage).put(field, count);
        } else {
            anomaly(at.key() + " is " + abbreviated(value.toString()) + ", which is no count of tokens");
        }
    }

    @Override
    public boolean marked() {
        if (figuresInText) {
            return false;
        }
        markedKind = kind;
        markedModel = textModel;
        markedTier = textTier;
        markedProgress = textProgress;
        texts.mark();
        return true;
    }

    @Override
    public void repeated() {
        kind = markedKind;
        textModel = markedModel;
        textTier = markedTier;
        textProgress = markedProgress;
        texts.backToMark();
    }

    @Override
    public void ended() {
        if (answer.usageKinds.isEmpty() || answer.usageKinds.contains(kind)) {
            model = textModel == null ? model : textModel;
            responseId = textResponseId == null ? responseId : textResponseId;
            serviceTier = textTier == null ? serviceTier : textTier;
            progress = textProgress == null ? progress : textProgress;
            takeUsage();
        }
        error |= ERROR_EVENT.equals(kind);
        lastTextOver |= last || answer.lastKinds.contains(kind);
        tools.textEnded();
        forgetText();
    }

    private void takeUsage() {
        if (textUsage.isEmpty()) {
            return;
        }
        answer.merge.merge(usage, textUsage);
        if (!textSamplingsBeside.isEmpty()) {
            samplingsBeside.clear();
            samplingsBeside.addAll(textSamplingsBeside);
        }
        usageFinal = !textUsageSoFar;
        textAtUsage = texts.length();
    }

    private void forgetText() {
        textUsage.clear();
        textSamplingsBeside.clear();
        textUsageSoFar = false;
        inSampling = false;
        textModel = null;
        textResponseId = null;
        textProgress = null;
        textTier = null;
        kind = "";
        last = false;
        figuresInText = false;
    }

    AnswerText texts() {
        return texts;
    }

    @Nullable
    String model() {
        return model;
    }

    @Nullable
    String responseId() {
        return responseId;
    }

    @Nullable
    String serviceTier() {
        return serviceTier;
    }

    String progress() {
        return progress;
    }

    boolean hasError() {
        return error;
    }

    /** Tells whether the text has ended that the service marks as the last that matters. */
    boolean isLastTextOver() {
        return lastTextOver;
    }

    boolean hasTextSinceUsage() {
        return texts.length() > textAtUsage;
    }

    Map<String, Long> tools() {
        return tools.runs();
    }

    List<String> anomalies() {
        return new ArrayList<>(anomalies);
    }

    @Nullable
    Duration audioDuration() {
        return audioSeconds == null
                ? null
                : Duration.ofMillis(audioSeconds.movePointRight(3).longValue());
    }

    /** Returns what the service says the call cost; what another service bills for it is added. */
    @Nullable
    BigDecimal cost() {
        return ownKey && cost != null && ownKeyCost != null ? cost.add(ownKeyCost) : cost;
    }

    void costInHeader(String usd) {
        cost = usableMoney(usd);
    }

    /** Puts the counts of the last usage object in our terms. To be asked once. */
    ReadUsage usage() {
        ReadUsage read = ReadUsage.of(usage, answer.rule, answer.outputless || vectors, this::anomaly);
        if (!samplingsBeside.isEmpty()) {
            TokenCounts beside = ReadUsage.of(samplingsBeside, answer.rule, true, this::anomaly)
                    .tokens();
            read = read.plus(beside);
            if (modelBeside != null && !modelBeside.equals(model)) {
                anomaly(beside.total() + " of the tokens are of the model " + modelBeside);
            }
        }
        return usageFinal ? read : read.soFar();
    }

    void release() {
        texts.release();
    }

    private void anomaly(String clause) {
        if (anomalies.size() < MOST_ANOMALIES) {
            anomalies.add(clause);
        }
    }

    private String kindOf(JsonToken value) {
        for (String known : answer.lastKinds) {
            if (value.is(known)) {
                return known;
            }
        }
        for (String known : answer.usageKinds) {
            if (value.is(known)) {
                return known;
            }
        }
        return value.is(ERROR_EVENT) ? ERROR_EVENT : "";
    }

    private static @Nullable BigDecimal money(JsonToken value, @Nullable BigDecimal current) {
        BigDecimal number = value.isText() ? null : usableMoney(value.text());
        return number == null ? current : number;
    }

    private static @Nullable BigDecimal usableMoney(String number) {
        try {
            BigDecimal amount = new BigDecimal(number);
            boolean sensible = amount.signum() >= 0
                    && amount.precision() <= LONGEST_NUMBER
                    && Math.abs(amount.scale()) <= LONGEST_NUMBER;
            return sensible ? amount : null;
        } catch (NumberFormatException e) {
            // No number, so the service tells nothing.
            return null;
        }
    }

    private static String abbreviated(String text) {
        return text.length() <= LONGEST_NUMBER ? text : text.substring(0, LONGEST_NUMBER) + "…";
    }

    private static AnswerField fieldOf(FieldPaths at) {
        AnswerField field = at.field();
        if (field == null) {
            throw new IllegalStateException("Only fields are reported");
        }
        return field;
    }
}
