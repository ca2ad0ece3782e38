package io.github.llmbudget.price;

import io.github.llmbudget.config.ConfigurationException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A list whose rows were read one by one and found not to contradict each other. */
final class ParsedPrices extends PriceList {

    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final String AS_OF = "# as-of:";

    private final Map<String, List<PriceRow>> byModel = new TreeMap<>();
    private final String name;
    private final String sha256;
    private @Nullable LocalDate asOf;

    /**
     * Begins without rows.
     *
     * @param name the name shown in messages
     * @param sha256 the digest of the text that has them
     */
    ParsedPrices(String name, String sha256) {
        this.name = name;
        this.sha256 = sha256;
    }

    /**
     * Reads a text.
     *
     * @throws ConfigurationException if it cannot be read, or contradicts itself
     */
    static PriceList parse(String name, byte[] bytes) {
        ParsedPrices list = new ParsedPrices(name, sha256(bytes));
        PriceListFormat format = null;
        int number = 0;
        for (String text : decoded(name, bytes).lines().toList()) {
            ListLine line = new ListLine(name, ++number, text);
            if (text.startsWith(AS_OF)) {
                list.asOf(date(line));
            } else if (!text.isBlank() && !text.startsWith("#")) {
                if (format == null) {
                    format = new PriceListFormat(line);
                } else {
                    format.rows(line).forEach(row -> list.add(row, line));
                }
            }
        }
        return list;
    }

    private static String decoded(String name, byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()) : text;
        } catch (CharacterCodingException e) {
            throw new ConfigurationException("The price list " + name + " is not in UTF-8. Save it as UTF-8.", e);
        }
    }

    private static LocalDate date(ListLine line) {
        String text = line.text().substring(AS_OF.length()).strip();
        try {
            return IsoDate.of(text);
        } catch (DateTimeException e) {
            throw line.wrong("'" + text + "' is not a date such as 2026-11-10");
        }
    }

    /** Returns the SHA-256 digest of bytes, in hexadecimal digits. */
    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    void asOf(LocalDate day) {
        this.asOf = day;
    }

    /**
     * Adds a row.
     *
     * @throws ConfigurationException if it contradicts one that is there
     */
    void add(PriceRow row, ListLine line) {
        List<PriceRow> ofModel = byModel.computeIfAbsent(row.model(), model -> new ArrayList<>());
        for (PriceRow other : ofModel) {
            complaint(row, other).ifPresent(complaint -> {
                throw line.wrong(complaint);
            });
        }
        ofModel.add(row);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public @Nullable LocalDate asOf() {
        return asOf;
    }

    @Override
    public List<PriceRow> rowsOf(String model) {
        return byModel.getOrDefault(model, List.of());
    }

    @Override
    public Set<String> models() {
        return byModel.keySet();
    }

    @Override
    String sha256() {
        return sha256;
    }

    private static Optional<String> complaint(PriceRow row, PriceRow other) {
        if (!row.holdsBeside(other)) {
            return Optional.empty();
        }
        if (row.isForTheSameAs(other)) {
            return Optional.of("a second price for the same component, tier and time");
        }
        return dearCache(row, other).or(() -> dearCache(other, row));
    }

    private static Optional<String> dearCache(PriceRow cached, PriceRow whole) {
        return isDearCache(cached, whole)
                ? Optional.of("reading from the cache costs more than not reading from it: "
                        + cached.component().id() + " " + cached.usd().toPlainString() + " and "
                        + whole.component().id() + " " + whole.usd().toPlainString())
                : Optional.empty();
    }

    /** Tells whether reading from a cache costs more, in the same case, than not reading from it. */
    static boolean isDearCache(PriceRow cached, PriceRow whole) {
        return cached.holdsBeside(whole)
                && !cached.component().isCacheWrite()
                && cached.component().wholeOfWhichItIsAPart() == whole.component()
                && Objects.equals(cached.step(), whole.step())
                && price(cached).compareTo(price(whole)) > 0;
    }

    private static BigDecimal price(PriceRow row) {
        return row.costOf(BigDecimal.ONE);
    }
}
