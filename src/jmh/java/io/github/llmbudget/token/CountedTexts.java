package io.github.llmbudget.token;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Texts as models write and read them, the same for the same length. Their paragraphs differ. */
final class CountedTexts {

    private static final long SEED = 4711;

    /** What {@code ~} stands for in a text: another of them each time. {@code #} stands for a digit. */
    private static final List<String> GOODS = List.of(
            "rain jacket", "espresso machine", "bookshelf", "pair of running shoes", "tent", "desk lamp", "headphones");

    private static final List<String> GOODS_IN_CHINESE = List.of("雨衣", "咖啡机", "书架", "跑步鞋", "帐篷", "台灯", "耳机");
    private static final List<String> NAMES = List.of(
            "refund", "parcelLabel", "customer", "invoiceNumber", "stock", "shippingAddress", "vat", "lastRetry");

    private static final List<String> ENGLISH = List.of(
            "A refund takes up to # business days after we have received your ~. ",
            "If you paid by credit card, the amount of $##.## appears on your next statement; with PayPal it's usually "
                    + "there the same evening. ",
            "Please keep the receipt until then.\n\n",
            "Should anything be missing, write to support@example.com and mention order ####-####, so that a colleague "
                    + "can look it up at once. ",
            "Exchanges are free within ## days, unless the ~ was reduced by more than ##%, in which case we'll offer "
                    + "you a voucher instead. ",
            "I'm sorry to hear that your ~ arrived damaged! ",
            "Here's what you can do:\n\n1. Take a picture of the box and of the ~.\n2. Upload both under **My orders**.\n"
                    + "3. Wait for the courier, who comes between #:00 and 1#:30.\n\n",
            "Thank you for your patience – we know that ## days are a long time to wait for a ~. ",
            "The warehouse in Rotterdam confirmed this morning that it left on a lorry at 0#:##, hence it should reach "
                    + "you on Thursday or, at the latest, on Friday. ",
            "No, customs duties aren't included: for a ~ worth more than €### you'd have to pay them yourself.\n\n",
            "You don't need the original packaging, but do wrap it well. ",
            "Unfortunately the blue ~ is sold out; would green be an alternative, or shall we cancel? ",
            "Members of our loyalty programme collect ## points with every purchase, which never expire. ",
            "As far as I can see, nobody has tried to deliver it yet (tracking code RX########NL).\n\n",
            "That depends on where you live. In most cities we deliver within ## hours, elsewhere it can take twice as "
                    + "long, particularly before public holidays. ",
            "To change the address, open the link in the confirmation that we sent on ## October and choose “Edit”. ",
            "The guarantee covers faults of material and workmanship for # years; wear and tear it does not cover.\n\n",
            "Could you tell me which ~ you mean, the small one or the one with the wooden handle? ");

    private static final List<String> CHINESE = List.of(
            "收到您的~后,退款最多需要#个工作日。",
            "如果您使用信用卡付款,##元的金额将显示在下一份账单上;使用其他方式付款通常当晚即可到账。",
            "在此之前请保留收据。\n",
            "如有任何遗漏,请写信给我们并注明订单号####,以便同事立即查找。",
            "很抱歉,您的~在运输途中损坏了!",
            "我们的仓库今天早上确认,包裹已于#点##分发出,预计星期四送达。\n",
            "请问您指的是哪一款~,是小号的还是带木柄的那一款?",
            "会员每次购物可以累积##个积分,积分永久有效。",
            "保修期为#年,涵盖材料和工艺方面的缺陷,但不包括正常磨损。\n",
            "遗憾的是,蓝色的~已经售罄,您愿意换成绿色的吗?",
            "在大多数城市,我们会在##小时内送货;节假日前可能需要更长时间。",
            "您不需要原来的包装,但请务必把~包好。\n");

    private static final List<String> CODE = List.of(
            "{\"id\":\"####-####\",\"total\":##.##,\"currency\":\"EUR\",\"~\":null,\"paid\":true,\"items\":[{\"sku\":\"SHOE-##\","
                    + "\"quantity\":#,\"price\":##.##}]}\n",
            """
            {
              "~": {"created_at": "2026-0#-1#T0#:##:##Z", "retries": #},
              "tags": ["fragile", "gift", "~"],
              "weight_kg": #.##
            }
            """,
            """
            public BigDecimal ~(Order order) {
                return order.items().stream().map(Item::price).reduce(BigDecimal.ZERO, BigDecimal::add);
            }

            """,
            """
                if (~ == null || ~.isEmpty()) {
                    throw new IllegalArgumentException("No ~ in order " + order.id());
                }
            """,
            """
            def load_~(path, limit=###):
                with open(path, encoding="utf-8") as lines:
                    return [json.loads(line)["~"] for line in lines if line.strip()][:limit]

            """,
            """
            SELECT o.id, SUM(i.price * i.quantity) AS ~
              FROM orders o JOIN items i ON i.order_id = o.id
             WHERE o.created_at >= '2026-0#-01' GROUP BY o.id HAVING COUNT(*) > #;
            """,
            "    private static final Duration ~ = Duration.ofSeconds(##); // see #####\n",
            "curl -s https://api.example.com/v#/orders/#### -H 'Accept: application/json' | jq '.~ // empty'\n");

    private CountedTexts() {}

    static String english(int length) {
        return written(ENGLISH, GOODS, length);
    }

    static String chinese(int length) {
        return written(CHINESE, GOODS_IN_CHINESE, length);
    }

    static String code(int length) {
        return written(CODE, NAMES, length);
    }

    /** Writes the sentences in another order again and again, with other words and numbers in them. */
    private static String written(List<String> sentences, List<String> words, int length) {
        Random random = new Random(SEED);
        StringBuilder text = new StringBuilder();
        List<String> order = new ArrayList<>(sentences);
        while (text.length() < length) {
            Collections.shuffle(order, random);
            for (String sentence : order) {
                addFilled(text, sentence, words, random);
            }
        }
        return text.substring(0, length);
    }

    private static void addFilled(StringBuilder text, String sentence, List<String> words, Random random) {
        for (int at = 0; at < sentence.length(); at++) {
            char next = sentence.charAt(at);
            switch (next) {
                case '~' -> text.append(words.get(random.nextInt(words.size())));
                case '#' -> text.append(1 + random.nextInt(9));
                default -> text.append(next);
            }
        }
    }

    static List<String> pieces(String text, int size) {
        List<String> pieces = new ArrayList<>();
        for (int at = 0; at < text.length(); at += size) {
            pieces.add(text.substring(at, Math.min(text.length(), at + size)));
        }
        return pieces;
    }
}
