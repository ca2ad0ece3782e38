package demo

import io.github.llmbudget.call.CallStatus
import io.github.llmbudget.endpoint.LlmEndpoint
import io.github.llmbudget.endpoint.MockLlm
import io.github.llmbudget.endpoint.Reply
import io.github.llmbudget.jupiter.LlmBudget
import io.github.llmbudget.jupiter.MaxCalls
import io.github.llmbudget.jupiter.MaxCost
import io.github.llmbudget.usage.TokenUsage
import java.time.Duration
import kotlinx.coroutines.runBlocking
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.BeforeAll
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test

@LlmBudget
class TranslatorTest {

    private lateinit var translator: Translator

    @BeforeEach
    fun `create the translator`(llm: LlmEndpoint) {
        translator = Translator(llm.baseUrl(), llm.apiKey())
    }

    @Test
    @MaxCost(0.00001)
    fun `translates a greeting`(llm: MockLlm, usage: TokenUsage) {
        llm.reply(Reply.text("Bonjour").usage(12, 3))

        val told = runBlocking { translator.ask("Hello") }.usage().get()

        assertThat(usage.inputTokens()).isEqualTo(told.promptTokens())
        assertThat(usage.outputTokens()).isEqualTo(told.completionTokens())
        assertThat(usage.cost()).hasToString("\$0.0000036")
    }

    @Test
    @MaxCalls(3)
    fun `translates three texts at once`(llm: MockLlm, usage: TokenUsage) = runBlocking {
        llm.otherwise(Reply.text("Oui").after(Duration.ofMillis(50)))

        assertThat(translator.translateAll(listOf("Yes", "Yes!", "Yes?"))).containsOnly("Oui")

        assertThat(usage.calls()).hasSize(3)
        Unit
    }

    @Test
    @MaxCalls(2)
    suspend fun `suspends while the service is asked again`(llm: MockLlm, usage: TokenUsage) {
        llm.reply(Reply.error(500).retryAfter(Duration.ofMillis(10))).reply("Bonjour")

        assertThat(translator.translate("Hello")).isEqualTo("Bonjour")

        assertThat(usage.calls()).extracting<CallStatus> { it.status() }
            .containsExactly(CallStatus.FAILED, CallStatus.COMPLETE)
        val firstToken: Duration? = usage.calls().first().timing().toFirstToken()
        assertThat(firstToken).isNull()
    }

    companion object {

        @JvmStatic
        @BeforeAll
        fun `warm the service up`(llm: MockLlm, usage: TokenUsage) = runBlocking {
            llm.reply("Bonjour")
            Translator(llm.baseUrl(), llm.apiKey()).translate("Hello")
            assertThat(usage.calls()).hasSize(1)
            Unit
        }
    }
}
