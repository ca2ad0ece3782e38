package io.github.llmbudget.report;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The file in which GitHub collects what a step of a workflow tells of itself. Others write to it too.
 *
 * @param file the file that {@code GITHUB_STEP_SUMMARY} names
 */
record StepSummary(Path file) {

    /** GitHub shows nothing at all of a file that is larger. */
    private static final int MAX_BYTES = 1024 * 1024;

    /**
     * Adds a text, or puts it in the place of an earlier one: each JVM of a run that ends writes the report anew.
     *
     * @param text the text, in whole lines
     * @param directory where the report is, which tells it from those of other modules
     * @throws IOException if it cannot be written, or has no room
     */
    void put(String text, Path directory) throws IOException {
        String name = Integer.toHexString(directory.toAbsolutePath().normalize().hashCode());
        String begin = "<!-- llm-budget " + name + " -->\n";
        String end = "<!-- end of llm-budget " + name + " -->\n";
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            channel.lock();
            if (channel.size() > MAX_BYTES) {
                throw new IOException("it is full");
            }
            String before = new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
            byte[] after = replaced(before, begin, begin + "\n" + text + "\n" + end, end)
                    .getBytes(StandardCharsets.UTF_8);
            if (after.length > MAX_BYTES) {
                throw new IOException("it is full");
            }
            write(after, channel);
        }
    }

    private static String replaced(String before, String begin, String section, String end) {
        int from = before.indexOf(begin);
        int to = before.indexOf(end, Math.max(from, 0));
        if (from < 0 || to < 0) {
            return before + (before.isEmpty() || before.endsWith("\n") ? "" : "\n") + section;
        }
        return before.substring(0, from) + section + before.substring(to + end.length());
    }

    private static void write(byte[] bytes, FileChannel channel) throws IOException {
        channel.truncate(0);
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        channel.position(0);
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
    }
}
