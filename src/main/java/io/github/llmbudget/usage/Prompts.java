package io.github.llmbudget.usage;

import io.github.llmbudget.wire.HttpExchange;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * What is kept of what calls ask and are answered.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public enum Prompts {
    /** Nothing. */
    NONE {
        @Override
        Optional<KeptExchange> keep(HttpExchange.Request sent) {
            return Optional.empty();
        }
    },
    /** Everything. */
    FULL {
        @Override
        Optional<KeptExchange> keep(HttpExchange.Request sent) {
            return Optional.of(new KeptExchange(sent));
        }
    };

    /** Begins to keep an exchange, if any is kept. */
    abstract Optional<KeptExchange> keep(HttpExchange.Request sent);
}
