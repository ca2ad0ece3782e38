package io.github.llmbudget.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StreamTokenCounterTests {

    private static final int CHUNKINGS = 20_000;
    private static final int LONGEST_CHUNK = 9;
    private static final int MEGABYTE = 1 << 20;
    private static final int PIECE = 4;

    /** Ten scripts, and what breaks rules that were made for prose. */
    private static final List<String> TEXTS = List.of(
            "The refund takes five days, they'll write to you; it's what WE'VE always done. ",
            "Die Rückerstattung dauert fünf Tage, größer als nötig. ",
            "Возврат займёт пять дней, мы напишем вам. ",
            "退款需要五天,我们会写信给您。",
            "払い戻しには5日かかります。お誕生日おめでとう!",
            "환불은 5일이 걸립니다. 연락드리겠습니다. ",
            "يستغرق رد الأموال خمسة أيام وسنكتب إليك. ",
            "धनवापसी में पाँच दिन लगते हैं, हम आपको लिखेंगे। ",
            "การคืนเงินใช้เวลาห้าวัน ",
            "Η επιστροφή χρημάτων διαρκεί πέντε ημέρες. ",
            "החזר כספי אורך חמישה ימים. ",
            "👍🏽 👩‍👩‍👧‍👦 🇩🇪 emoji\u200D\uFE0F ",
            "public static void main(String[] args) {\n\tint x_1 = 0x7F; // TODO\n    return a != b ? x[0] : null;\r\n}\n\n\n",
            "{\"a\":[1,2.50,-3e10],\"b\":\"\\n\\u00e9\",\"long_snake_case_name\":null}",
            "\uD83D lone \uDC4D halves \uD83D\uD83D\uDC4D ",
            "   \t\n\n  \n \u00A0\u2003 \u0085 \u2028 x  \n",
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            "----------------------------------------////////////////////\n\n\n////\n",
            "1234567890123456789012345 3.14159 1,000,000 ½ Ⅷ ٣٤٥ ",
            "<|endoftext|> <|im_start|> 'S 'LL 'ſ İstanbul ǅungla ʰʷ e\u0301\u0302 ");

    @ParameterizedTest
    @EnumSource(TextEncoding.class)
    void countsAnyChunkingAsTheWhole(TextEncoding encoding) {
        Random random = new Random(encoding.ordinal());
        for (int i = 0; i < CHUNKINGS / TextEncoding.values().length; i++) {
            String text = mixed(random);
            StreamTokenCounter counter = new StreamTokenCounter(encoding);
            List<Long> bounds = new ArrayList<>();
            for (String chunk : chunks(text, random)) {
                counter.append(chunk);
                bounds.add(counter.lowerBound());
            }

            assertThat(counter.count()).as("%s: %s", encoding, text).isEqualTo(encoding.count(text));
            assertThat(bounds).as("%s: %s", encoding, text).isSorted().allMatch(bound -> bound <= counter.count());
        }
    }

    private static String mixed(Random random) {
        StringBuilder text = new StringBuilder();
        for (int part = random.nextInt(1, 6); part > 0; part--) {
            String one = TEXTS.get(random.nextInt(TEXTS.size()));
            int from = random.nextInt(one.length());
            text.append(one, from, random.nextInt(from, one.length()) + 1);
        }
        return text.toString();
    }

    private static List<String> chunks(String text, Random random) {
        List<String> chunks = new ArrayList<>();
        int from = 0;
        while (from < text.length()) {
            int to = Math.min(text.length(), from + random.nextInt(1, LONGEST_CHUNK + 1));
            chunks.add(text.substring(from, to));
            from = to;
        }
        return chunks;
    }

    @Test
    void knowsNoTokenLongerThanItTakesTheLongestFor() {
        for (TextEncoding encoding : TextEncoding.values()) {
            for (String run : List.of(" ", "a", "-", "=", "*", "\n", "_", "0", "界")) {
                StreamTokenCounter counter = new StreamTokenCounter(encoding);
                for (int length = 1; length <= 1_000; length += 37) {
                    counter.append(run.repeat(37));
                    assertThat(counter.lowerBound()).isBetween(1L, counter.count());
                }
            }
        }
    }

    @Test
    void tellsTheLeastBeforeTheEnd() {
        StreamTokenCounter counter = new StreamTokenCounter(TextEncoding.O200K);
        assertThat(counter.lowerBound()).isZero();

        counter.append("Refunds take antidisestablish");

        assertThat(counter.lowerBound()).isEqualTo(4);
        assertThat(counter.count()).isGreaterThan(4);
    }

    @Test
    void mayCountLessAfterMoreAndNeverBoundsLess() {
        StreamTokenCounter counter = new StreamTokenCounter(TextEncoding.O200K);
        counter.append("app");
        counter.append("lic");
        long before = counter.count();
        long bound = counter.lowerBound();

        counter.append("ation");

        assertThat(counter.count()).isEqualTo(1).isLessThan(before);
        assertThat(counter.lowerBound()).isEqualTo(bound);
    }

    /** If it looked at everything again for each piece, each of these would take hours. */
    @Test
    @Timeout(60)
    void staysLinearInOneEndlessWord() {
        for (String letter : List.of("a", "界")) {
            StreamTokenCounter counter = new StreamTokenCounter(TextEncoding.O200K);
            String piece = letter.repeat(PIECE);
            for (int i = 0; i < MEGABYTE; i += PIECE) {
                counter.append(piece);
            }

            assertThat(counter.count()).isEqualTo(TextEncoding.O200K.count(letter.repeat(MEGABYTE)));
            assertThat(counter.lowerBound()).isEqualTo(MEGABYTE / 128);
        }
    }
}
