package io.github.llmbudget.wire;

import io.github.llmbudget.call.TokenCounts;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The token counts of an answer so far. What a JSON text tells holds once the text is taken; what it means for earlier
 * texts is up to the {@link UsageMerge}.
 */
final class UsageFigures {

    /** Samplings that are billed on top of what the usage object itself counts. */
    private static final Set<String> BILLED_BESIDE = Set.of("compaction", "advisor_message");

    private final ReportedCounts counts = new ReportedCounts();
    private final ReportedCounts beside = new ReportedCounts();
    private boolean soFar;
    private @Nullable String modelBeside;

    private final ReportedCounts textCounts = new ReportedCounts();
    private final ReportedCounts textBeside = new ReportedCounts();
    private boolean textSoFar;
    private boolean textWhole;

    private final ReportedCounts sampling = new ReportedCounts();
    private boolean inSampling;
    private @Nullable String samplingKind;
    private @Nullable String samplingModel;

    private @Nullable String modality;
    private long modalityCount;

    private final ReportedCounts settled = new ReportedCounts();

    /** Forgets everything. */
    void clear() {
        counts.clear();
        beside.clear();
        soFar = false;
        modelBeside = null;
        forgetText();
        beginSampling();
        inSampling = false;
        beginDetail();
    }

    /** A usage object begins: of several in a text the last one counts. */
    void beginUsage() {
        textCounts.clear();
        textBeside.clear();
        textWhole = false;
    }

    void endUsage(boolean beforeTheWorkIsDone) {
        textWhole = true;
        textSoFar = beforeTheWorkIsDone;
    }

    void count(AnswerField field, long count) {
        (inSampling ? sampling : textCounts).put(field, count);
    }

    void addInput(long part) {
        textCounts.add(AnswerField.INPUT, part);
    }

    void beginSampling() {
        inSampling = true;
        sampling.clear();
        samplingKind = null;
        samplingModel = null;
    }

    void samplingKind(String kind) {
        samplingKind = kind;
    }

    void samplingModel(String model) {
        samplingModel = model;
    }

    void endSampling() {
        inSampling = false;
        if (samplingKind != null && BILLED_BESIDE.contains(samplingKind)) {
            textBeside.addAll(sampling);
            modelBeside = samplingModel == null ? modelBeside : samplingModel;
        }
    }

    void beginDetail() {
        modality = null;
        modalityCount = 0;
    }

    void modality(String name) {
        modality = name;
    }

    void modalityCount(long count) {
        modalityCount = count;
    }

    void endDetail(AnswerField audio, AnswerField image) {
        if ("AUDIO".equals(modality)) {
            textCounts.put(audio, modalityCount);
        } else if ("IMAGE".equals(modality)) {
            textCounts.put(image, modalityCount);
        }
    }

    /**
     * Lets hold what the text told.
     *
     * @param complete whether the text is complete; of one that broke off only a usage object that is closed holds
     * @return whether it told anything
     */
    boolean takeText(UsageMerge merge, boolean complete) {
        if (textCounts.isEmpty() || !(complete || textWhole)) {
            return false;
        }
        merge.merge(counts, textCounts);
        if (!textBeside.isEmpty()) {
            beside.clear();
            beside.addAll(textBeside);
        }
        soFar = textSoFar || (soFar && !textCounts.has(AnswerField.OUTPUT));
        return true;
    }

    void forgetText() {
        textCounts.clear();
        textBeside.clear();
        textSoFar = false;
        textWhole = false;
        inSampling = false;
    }

    /**
     * Puts the counts in our terms.
     *
     * @param model the model that answered
     */
    ReadUsage read(UsageRule rule, boolean outputless, @Nullable String model, Consumer<String> anomalies) {
        ReadUsage read = ReadUsage.of(settled.become(counts), rule, outputless, anomalies);
        if (!beside.isEmpty()) {
            TokenCounts more =
                    ReadUsage.of(settled.become(beside), rule, true, anomalies).tokens();
            read = read.plus(more);
            if (modelBeside != null && !modelBeside.equals(model)) {
                anomalies.accept(
                        "among the " + more.total() + " tokens beside the answer are some of the model " + modelBeside);
            }
        }
        return soFar ? read.soFar() : read;
    }
}
