package io.github.llmbudget.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ServiceSocketsTests {

    @Test
    void waitsForNoServiceForEverThoughItsClientSetsNoLimit() throws IOException {
        try (Socket socket = new ServiceSockets().createSocket()) {
            socket.setSoTimeout(0);
            assertThat(socket.getSoTimeout()).isEqualTo(TimeUnit.MINUTES.toMillis(10));

            socket.setSoTimeout(50);
            assertThat(socket.getSoTimeout()).isEqualTo(50);
        }
    }

    /** TLS, for one, skips what is available until nothing is. */
    @Test
    void losesNothingHoweverItIsRead() throws Exception {
        byte[] sent = new byte[300_000];
        new Random(7).nextBytes(sent);
        try (ServerSocket service = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket socket = new ServiceSockets().createSocket()) {
            socket.connect(service.getLocalSocketAddress());
            Thread writer = new Thread(() -> write(service, sent));
            writer.start();
            InputStream in = socket.getInputStream();

            assertThat(in.read()).isEqualTo(sent[0] & 0xFF);
            assertThat(in.readNBytes(99_999)).isEqualTo(Arrays.copyOfRange(sent, 1, 100_000));
            in.skipNBytes(100_000);
            assertThat(in.readNBytes(99_999)).isEqualTo(Arrays.copyOfRange(sent, 200_000, 299_999));
            writer.join();
            while (in.available() > 0) {
                in.skip(in.available());
            }
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    private static void write(ServerSocket service, byte[] bytes) {
        try (Socket accepted = service.accept();
                OutputStream out = accepted.getOutputStream()) {
            out.write(bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
