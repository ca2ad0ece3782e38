package io.github.llmbudget.wire;

import io.github.llmbudget.call.Operation;

/**
 * Where Ollama's own answers tell what the call was: JSON, or a text a line unless the request says
 * {@code "stream": false}. An Ollama that took the prompt from its cache leaves out how long the prompt was.
 */
final class OllamaFields {

    private OllamaFields() {}

    static JsonAnswer.Builder of(Operation operation) {
        return JsonAnswer.of(operation, "ollama")
                .streamed((request, body) -> !body.refusesStreaming())
                .at("model", AnswerField.MODEL)
                .at("error", AnswerField.ERROR)
                .at("done", AnswerField.LAST)
                .at("prompt_eval_count", AnswerField.INPUT)
                .at("prompt_eval_cached_count", AnswerField.CACHED_INPUT)
                .at("eval_count", AnswerField.OUTPUT)
                .at("embeddings", AnswerField.VECTORS);
    }
}
