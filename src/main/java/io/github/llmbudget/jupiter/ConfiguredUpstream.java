package io.github.llmbudget.jupiter;

import io.github.llmbudget.config.Configuration;
import io.github.llmbudget.config.ConfigurationException;
import io.github.llmbudget.endpoint.UpstreamTarget;
import java.util.Optional;

/** The real service and its key, as they are configured. */
final class ConfiguredUpstream {

    private static final String DEFAULT_KEY_VARIABLE = "OPENAI_API_KEY";

    private ConfiguredUpstream() {}

    /** Finds the real key. */
    static Optional<String> key(Configuration configuration) {
        String variable = configuration.text(Configuration.API_KEY_ENV).orElse(DEFAULT_KEY_VARIABLE);
        return Optional.ofNullable(System.getenv(variable)).map(String::strip).filter(value -> !value.isEmpty());
    }

    /**
     * Finds the service.
     *
     * @param why says why it is to be called, for whoever has not set its key
     * @throws ConfigurationException if there is no key where one is needed
     */
    static UpstreamTarget of(Configuration configuration, String why) {
        Optional<String> named = configuration.text(Configuration.API_KEY_ENV);
        String variable = named.orElse(DEFAULT_KEY_VARIABLE);
        Optional<String> key = key(configuration);
        Optional<String> upstream = configuration.text(Configuration.UPSTREAM);
        UpstreamTarget target = new UpstreamTarget(upstream.orElse(UpstreamTarget.OPENAI), key.orElse(null));
        if (key.isEmpty() && (named.isPresent() || upstream.isEmpty())) {
            throw new ConfigurationException(why + " and the upstream is "
                    + target.baseUrl() + ", but the environment variable " + variable
                    + " with the key is not set. Set it, or name another one in " + Configuration.API_KEY_ENV
                    + ", or another service in " + Configuration.UPSTREAM + ".");
        }
        return target;
    }
}
