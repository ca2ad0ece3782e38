package demo;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.ai.chat.observation.ChatModelObservationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Adds up the tokens that Spring AI's own observations tell. */
@Configuration(proxyBeanMethods = false)
class ToldTokens implements ObservationHandler<ChatModelObservationContext> {

    private final AtomicInteger sum = new AtomicInteger();

    @Bean
    ObservationRegistry observationRegistry() {
        var registry = ObservationRegistry.create();
        registry.observationConfig().observationHandler(this);
        return registry;
    }

    @Override
    public void onStop(ChatModelObservationContext call) {
        if (call.getResponse() != null) {
            sum.addAndGet(call.getResponse().getMetadata().getUsage().getTotalTokens());
        }
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
        return context instanceof ChatModelObservationContext;
    }

    int sum() {
        return sum.get();
    }

    void forget() {
        sum.set(0);
    }
}
