package io.github.llmbudget.config;

import org.apiguardian.api.API;

/**
 * Says that something was declared or configured that cannot be meant. The message names the element, the value and the
 * remedy.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public class ConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message element, value and remedy
     */
    public ConfigurationException(String message) {
        super(message);
    }

    /**
     * Creates the exception.
     *
     * @param message element, value and remedy
     * @param cause what went wrong underneath
     */
    public ConfigurationException(String message, Throwable cause) {
        super(message, cause);
    }
}
