package io.github.llmbudget.price;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * The prices built in. Their lines are in the order of provider and model, so that the few that are asked for are found
 * by halving; the others are never read. That the list is sound is seen to when it is built.
 */
final class BuiltInPrices extends PriceList {

    static final String NAME = "built-in list";
    static final String RESOURCE = "prices.csv";

    private static final byte NEWLINE = '\n';
    private static final BuiltInPrices LIST = new BuiltInPrices(resource(RESOURCE));

    private final byte[] text;
    private final int begin;
    private final PriceListFormat format;
    private final LocalDate asOf;

    private BuiltInPrices(byte[] text) {
        this.text = text;
        int header = 0;
        while (text[header] == '#') {
            header = lineAfter(header);
        }
        this.begin = lineAfter(header);
        this.format = new PriceListFormat(new ListLine(NAME, 0, lineAt(header)));
        String head = lineAt(0);
        this.asOf = IsoDate.of(head.substring(head.lastIndexOf(' ') + 1));
    }

    /** Returns the list. It is read when it is first asked for. */
    static PriceList list() {
        return LIST;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public LocalDate asOf() {
        return asOf;
    }

    @Override
    public List<PriceRow> rowsOf(String model) {
        List<PriceRow> rows = new ArrayList<>();
        for (String provider : providers()) {
            rows.addAll(rowsOf(provider, model));
        }
        return rows;
    }

    @Override
    List<PriceRow> rowsOf(String provider, String model) {
        List<PriceRow> rows = new ArrayList<>();
        byte[] key = (provider + "," + model + ",").getBytes(StandardCharsets.UTF_8);
        for (int line = firstNotBefore(key); line < text.length && compare(line, key) == 0; line = lineAfter(line)) {
            rows.addAll(format.rows(new ListLine(NAME, 0, lineAt(line))));
        }
        return rows;
    }

    @Override
    public Set<String> models() {
        Set<String> models = new TreeSet<>();
        for (int line = begin; line < text.length; line = lineAfter(line)) {
            models.add(lineAt(line).split(",", 3)[1]);
        }
        return models;
    }

    private List<String> providers() {
        List<String> found = new ArrayList<>();
        int line = begin;
        while (line < text.length) {
            String row = lineAt(line);
            String provider = row.substring(0, row.indexOf(','));
            found.add(provider);
            // The comma is followed by a dash in the order of characters, and no name has both.
            line = firstNotBefore((provider + "-").getBytes(StandardCharsets.UTF_8));
        }
        return found;
    }

    /** Finds the first line that does not stand before a key. */
    private int firstNotBefore(byte[] key) {
        int low = begin;
        int high = text.length;
        while (low < high) {
            int middle = lineBegin((low + high) >>> 1);
            if (compare(middle, key) < 0) {
                low = lineAfter(middle);
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Compares the beginning of a line with a key. */
    private int compare(int line, byte[] key) {
        for (int i = 0; i < key.length; i++) {
            int difference = Byte.compare(text[line + i], key[i]);
            if (difference != 0) {
                return difference;
            }
        }
        return 0;
    }

    private int lineBegin(int within) {
        int at = within;
        while (at > begin && text[at - 1] != NEWLINE) {
            at--;
        }
        return at;
    }

    private int lineAfter(int line) {
        int at = line;
        while (text[at] != NEWLINE) {
            at++;
        }
        return at + 1;
    }

    private String lineAt(int line) {
        return new String(text, line, lineAfter(line) - 1 - line, StandardCharsets.UTF_8);
    }

    @Override
    String sha256() {
        return Digest.SHA256;
    }

    /** Every test is told what it is priced by, and a test without calls needs no digest. */
    private static final class Digest {

        static final String SHA256 = new String(resource(RESOURCE + ".sha256"), StandardCharsets.UTF_8).strip();
    }

    private static byte[] resource(String name) {
        try (InputStream in = BuiltInPrices.class.getResourceAsStream(name)) {
            byte[] all = new byte[Objects.requireNonNull(in, name).available()];
            // What is available is the whole, of a file and of an entry of a jar; but nobody promises it.
            int read = in.readNBytes(all, 0, all.length);
            byte[] rest = in.readAllBytes();
            if (read == all.length && rest.length == 0) {
                return all;
            }
            byte[] text = Arrays.copyOf(all, read + rest.length);
            System.arraycopy(rest, 0, text, read, rest.length);
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException("the resource " + name + " cannot be read", e);
        }
    }
}
