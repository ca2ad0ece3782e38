package io.github.llmbudget.endpoint;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.jspecify.annotations.Nullable;

/**
 * The certificate by which the endpoint shows itself over TLS. It is made anew in each JVM, is good for loopback alone,
 * and its key never leaves the memory.
 */
final class EndpointCertificate {

    private static final String TRUST_STORE = "javax.net.ssl.trustStore";
    private static final String KEY_STORE = "javax.net.ssl.keyStore";
    private static final String STORE_TYPE = "PKCS12";
    private static final int LINGER_SECONDS = 1;

    /** The protocol of the default context, as long as nobody sets another one. */
    private static final String OF_THE_JVM = "Default";

    /** Not a secret: what it opens is as public as the certificates in it. */
    private static final String STORE_PASSWORD = "changeit";

    private final HeldCertificate held = new HeldCertificate.Builder()
            .commonName("llm-budget")
            .addSubjectAlternativeName("127.0.0.1")
            .addSubjectAlternativeName("localhost")
            .duration(7, TimeUnit.DAYS)
            .build();

    private final SSLSocketFactory sockets =
            new HandshakeCertificates.Builder().heldCertificate(held).build().sslSocketFactory();

    private @Nullable Path trustFile;
    private @Nullable SSLContext own;

    private EndpointCertificate() {}

    /** Returns the certificate of this JVM. */
    static EndpointCertificate get() {
        return Holder.CERTIFICATE;
    }

    private static final class Holder {
        static final EndpointCertificate CERTIFICATE = new EndpointCertificate();
    }

    /** Puts TLS over a connection. The handshake is made with the first byte, on the thread that serves the connection. */
    Socket over(Socket accepted) throws IOException {
        SSLSocket secure = (SSLSocket)
                sockets.createSocket(accepted, accepted.getInetAddress().getHostAddress(), accepted.getPort(), true);
        secure.setUseClientMode(false);
        // To close waits for what is being written, and a client may have stopped to read it.
        secure.setSoLinger(true, LINGER_SECONDS);
        return secure;
    }

    /**
     * Lets clients that are built from now on trust the certificate beside all that the JVM trusts already: those that look
     * into its trust store, which becomes a file with both, and those that take its default context, unless somebody put one
     * of his own there. A test may have put back the system properties since the last time.
     *
     * @throws UncheckedIOException if the file cannot be written
     */
    synchronized void trustByJvm() {
        if (trustFile != null && trustFile.toString().equals(System.getProperty(TRUST_STORE))) {
            return;
        }
        try {
            KeyStore store = trustStore();
            Path file = Files.createTempFile("llm-budget-trust", ".p12");
            file.toFile().deleteOnExit();
            try (OutputStream out = Files.newOutputStream(file)) {
                store.store(out, STORE_PASSWORD.toCharArray());
            }
            System.setProperty(TRUST_STORE, file.toString());
            System.setProperty(TRUST_STORE + "Type", STORE_TYPE);
            System.setProperty(TRUST_STORE + "Password", STORE_PASSWORD);
            System.clearProperty(TRUST_STORE + "Provider");
            if (isDefaultFree()) {
                own = context(store);
                SSLContext.setDefault(own);
            }
            trustFile = file;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The JVM cannot be made to trust the endpoint over TLS. Its key store cannot be read, or no trust store"
                            + " can be written to " + System.getProperty("java.io.tmpdir") + ": " + e.getMessage(),
                    e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "The JVM cannot be made to trust the endpoint over TLS: " + e.getMessage(), e);
        }
    }

    private boolean isDefaultFree() {
        try {
            SSLContext now = SSLContext.getDefault();
            return now == own || now.getProtocol().equals(OF_THE_JVM);
        } catch (NoSuchAlgorithmException e) {
            return true; // It cannot be made, for lack of its key store for example.
        }
    }

    private KeyStore trustStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(STORE_TYPE);
        store.load(null, null);
        int number = 0;
        for (X509Certificate known : trustedSoFar()) {
            store.setCertificateEntry("trusted-" + number++, known);
        }
        store.setCertificateEntry("llm-budget", held.certificate());
        return store;
    }

    private static X509Certificate[] trustedSoFar() throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        return Arrays.stream(factory.getTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .map(X509TrustManager.class::cast)
                .findFirst()
                .map(X509TrustManager::getAcceptedIssuers)
                .orElseGet(() -> new X509Certificate[0]);
    }

    private static SSLContext context(KeyStore trusted) throws GeneralSecurityException, IOException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keysOfJvm(), trust.getTrustManagers(), null);
        return context;
    }

    /** Returns the keys that the JVM shows to services which want to see some, {@code null} if it has none. */
    private static KeyManager @Nullable [] keysOfJvm() throws GeneralSecurityException, IOException {
        String file = System.getProperty(KEY_STORE);
        String opens = System.getProperty(KEY_STORE + "Password");
        if (file == null || opens == null || !new File(file).isFile()) {
            return null;
        }
        char[] password = opens.toCharArray();
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(KeyStore.getInstance(new File(file), password), password);
        return factory.getKeyManagers();
    }
}
