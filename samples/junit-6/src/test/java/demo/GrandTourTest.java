package demo;

import io.github.llmbudget.endpoint.MockLlm;
import io.github.llmbudget.endpoint.Reply;
import io.github.llmbudget.jupiter.MaxCalls;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The third tour goes over its budget. A build that stops at the first failure does not pay for the other seven. */
@Tag("over-budget")
@Execution(ExecutionMode.SAME_THREAD)
class GrandTourTest {

    @RepeatedTest(10)
    @MaxCalls(2)
    void staysWithinTwoCalls(MockLlm llm, RepetitionInfo tour) {
        llm.otherwise(Reply.text("See the cathedral.").usage(20, 5));
        var guide = new TravelGuide(llm.baseUrl(), llm.apiKey(), "gpt-4o-mini");

        IntStream.rangeClosed(1, tour.getCurrentRepetition()).forEach(city -> guide.recommend("city " + city));
    }
}
