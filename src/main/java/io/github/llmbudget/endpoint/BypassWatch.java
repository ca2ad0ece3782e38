package io.github.llmbudget.endpoint;

import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Notices clients that connect to a model service themselves, past the endpoint of their test. Clients on OkHttp, on
 * {@code java.net.http} and on the JDK's older classes ask the JVM whether there is a proxy before they connect, and so do
 * plain sockets, on which Apache's client stands.
 *
 * <p>Stands before the selector of the JVM while there is a run, and changes nothing of what it says.
 */
final class BypassWatch extends ProxySelector {

    /** Hosts that serve models and little else. */
    private static final Pattern MODEL_SERVICE = Pattern.compile("""
            ([a-z]+\\.)?api\\.openai\\.com\
            |.+\\.openai\\.azure\\.(com|us|cn)\
            |(.+\\.)?(inference|models|services)\\.ai\\.azure\\.com\
            |api\\.anthropic\\.com\
            |generativelanguage\\.googleapis\\.com\
            |(.+-)?aiplatform(\\..+)?\\.googleapis\\.com\
            |bedrock-runtime\\..+\\.amazonaws\\.com\
            |api\\.(cerebras|fireworks|mistral|moonshot|perplexity|together|x|z)\\.ai\
            |api\\.(cohere|deepseek|groq|voyageai)\\.com\
            |api\\.(moonshot\\.cn|together\\.xyz)\
            |openrouter\\.ai""");

    private final @Nullable ProxySelector before;
    private final ProxySelector behind;
    private int runs;

    private BypassWatch(@Nullable ProxySelector before) {
        this.before = before;
        this.behind = Objects.requireNonNullElse(before, ProxySelector.of(null));
    }

    /** Watches from now on; a watch that stands already serves several runs. */
    static BypassWatch begin() {
        synchronized (BypassWatch.class) {
            ProxySelector selector = ProxySelector.getDefault();
            BypassWatch watch = selector instanceof BypassWatch standing ? standing : new BypassWatch(selector);
            watch.runs++;
            ProxySelector.setDefault(watch);
            return watch;
        }
    }

    /** If somebody put another selector in its place meanwhile, that one stays. */
    void end() {
        synchronized (BypassWatch.class) {
            runs--;
            if (runs == 0 && ProxySelector.getDefault() == this) {
                ProxySelector.setDefault(before);
            }
        }
    }

    /** Returns what selects proxies for a client whose calls are counted. */
    static ProxySelector unwatched() {
        ProxySelector selector = ProxySelector.getDefault();
        return selector instanceof BypassWatch watch
                ? watch.behind
                : Objects.requireNonNullElse(selector, ProxySelector.of(null));
    }

    static boolean isModelService(String host) {
        return MODEL_SERVICE.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }

    @Override
    public List<Proxy> select(URI uri) {
        String host = uri.getHost();
        if (host != null && isModelService(host)) {
            tell(host);
        }
        return behind.select(uri);
    }

    /** Of tests that run at once, one that records calls itself is the one that such a connection is expected of. */
    private static void tell(String host) {
        List<RunningTest> candidates = TestWindow.candidates();
        if (candidates.stream().noneMatch(RunningTest::recordsItself)) {
            candidates.forEach(test -> test.mayHaveBypassed(host));
        }
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        behind.connectFailed(uri, address, failure);
    }
}
