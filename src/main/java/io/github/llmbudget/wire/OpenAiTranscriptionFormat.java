package io.github.llmbudget.wire;

import io.github.llmbudget.call.Operation;
import org.apiguardian.api.API;

/**
 * Reads transcriptions and translations of audio. They are billed by tokens or by the length of the audio.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class OpenAiTranscriptionFormat extends JsonFormat {

    private static final JsonAnswer ANSWER = OpenAiFields.inputAndOutput(Operation.TRANSCRIPTION)
            .at("duration", AnswerField.AUDIO_SECONDS)
            .at("usage.prompt_audio_seconds", AnswerField.AUDIO_SECONDS)
            .at("usage.seconds", AnswerField.AUDIO_SECONDS)
            .build();

    /** Creates the format; found through its services file. */
    public OpenAiTranscriptionFormat() {
        super("/(audio/(transcriptions|translations)|v1/stt)", ANSWER);
    }
}
