package io.github.llmbudget.cassette;

import io.github.llmbudget.config.ConfigurationException;
import org.apiguardian.api.API;

/**
 * Says that a cassette would hold a secret, and that nothing was written. It says where, and never what.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class SecretFoundException extends ConfigurationException {

    private static final long serialVersionUID = 1L;

    SecretFoundException(String message) {
        super(message);
    }
}
