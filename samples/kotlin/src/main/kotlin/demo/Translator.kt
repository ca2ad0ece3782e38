package demo

import com.openai.client.OpenAIClient
import com.openai.client.okhttp.OpenAIOkHttpClient
import com.openai.models.chat.completions.ChatCompletion
import com.openai.models.chat.completions.ChatCompletionCreateParams
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.withContext

/** Translates texts to French, several at once. */
class Translator(baseUrl: String, apiKey: String) {

    private val client: OpenAIClient = OpenAIOkHttpClient.builder().baseUrl(baseUrl).apiKey(apiKey).build()

    suspend fun translate(text: String): String =
        ask(text).choices().first().message().content().orElse("")

    /** In the order of the texts, whichever is translated first. */
    suspend fun translateAll(texts: List<String>): List<String> = coroutineScope {
        texts.map { async { translate(it) } }.awaitAll()
    }

    /** What the client library has of the answer, its usage for example. */
    suspend fun ask(text: String): ChatCompletion = withContext(Dispatchers.IO) {
        client.chat().completions().create(
            ChatCompletionCreateParams.builder()
                .model("gpt-4o-mini")
                .addUserMessage("Translate to French: $text")
                .build(),
        )
    }
}
