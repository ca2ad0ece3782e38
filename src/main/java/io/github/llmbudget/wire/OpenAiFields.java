package io.github.llmbudget.wire;

/** The field names that OpenAI's operations share. */
final class OpenAiFields {

    private OpenAiFields() {}

    /** Fields of chat completions, completions and embeddings; details are parts of the prompt and completion counts. */
    static FieldPaths promptAndCompletion() {
        return addRoot(new FieldPaths(), "")
                .with("usage", Field.USAGE)
                .with("usage.prompt_tokens", Field.INPUT)
                .with("usage.prompt_tokens_details.cached_tokens", Field.CACHED_INPUT)
                .with("usage.prompt_tokens_details.cache_write_tokens", Field.CACHE_WRITE)
                .with("usage.prompt_tokens_details.audio_tokens", Field.AUDIO_INPUT)
                .with("usage.completion_tokens", Field.OUTPUT)
                .with("usage.total_tokens", Field.TOTAL)
                .with("usage.completion_tokens_details.reasoning_tokens", Field.REASONING)
                .with("usage.completion_tokens_details.audio_tokens", Field.AUDIO_OUTPUT)
                .with("choices.[]", Field.CHOICE)
                .with("choices.[].index", Field.CHOICE_INDEX);
    }

    /** Fields of a response, which stands at the root of a body and below {@code response} in an event. */
    static FieldPaths response() {
        FieldPaths paths = new FieldPaths();
        for (String at : new String[] {"", "response."}) {
            addRoot(paths, at)
                    .with(at + "status", Field.PROGRESS)
                    .with(at + "usage", Field.USAGE)
                    .with(at + "usage.input_tokens", Field.INPUT)
                    .with(at + "usage.input_tokens_details.cached_tokens", Field.CACHED_INPUT)
                    .with(at + "usage.input_tokens_details.cache_write_tokens", Field.CACHE_WRITE)
                    .with(at + "usage.output_tokens", Field.OUTPUT)
                    .with(at + "usage.total_tokens", Field.TOTAL)
                    .with(at + "usage.output_tokens_details.reasoning_tokens", Field.REASONING);
        }
        return paths.with("type", Field.EVENT)
                .with("delta", Field.TEXT)
                .with("output.[].content.[].text", Field.TEXT)
                .with("output.[].arguments", Field.TEXT);
    }

    private static FieldPaths addRoot(FieldPaths paths, String at) {
        return paths.with(at + "model", Field.MODEL)
                .with(at + "id", Field.RESPONSE_ID)
                .with(at + "service_tier", Field.SERVICE_TIER)
                .with(at + "error", Field.ERROR);
    }
}
